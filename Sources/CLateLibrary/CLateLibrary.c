// SPDX-License-Identifier: Apache-2.0
#include "CLateLibrary.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void late_fail(late_library *library, const char *sentence) {
    snprintf(library->failure, sizeof library->failure, "%s", sentence);
}

bool late_open(late_library *library) {
    library->handle = dlopen(library->name, RTLD_NOW | RTLD_LOCAL);
    if (library->handle) return true;
    const char *cause = dlerror();
    late_fail(library, cause ? cause : "a library cannot be loaded");
    return false;
}

void late_find(late_library *library, const char *symbol, void *pointer) {
    void *address = dlsym(library->handle, symbol);
    // Pointers to functions and to data have one size wherever there is a dlsym.
    memcpy(pointer, &address, sizeof address);
    if (!address) snprintf(library->failure, sizeof library->failure, "%s has no %s", library->name, symbol);
}

const char *late_failure(const late_library *library) { return library->failure[0] ? library->failure : 0; }
