// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>

// A library that is opened when it is first needed: relocating it and its own libraries takes longer than many runs
// last, and machines without it run the program too.
typedef struct late_library {
    const char *name;
    void *handle;
    char failure[512];
} late_library;

// Opens a library by its name, told to none but the caller; false when that fails.
bool late_open(late_library *library);

// Stores the address of a symbol; a missing one becomes the failure.
void late_find(late_library *library, const char *symbol, void *pointer);

// Makes a sentence the failure.
void late_fail(late_library *library, const char *sentence);

// What went wrong, which stays valid; null when nothing did.
const char *late_failure(const late_library *library);

// For a list of functions `LIST(CALL)` with a `CALL(result, name, parameters, arguments)` each: pointers to them, the
// functions themselves by way of the pointers, and the search for them in `library`.
#define LATE_POINTER(result, name, parameters, arguments) static result(*loaded_##name) parameters;
#define LATE_FORWARD(result, name, parameters, arguments)                                                             \
    result name parameters { return loaded_##name arguments; }
#define LATE_FIND(result, name, parameters, arguments) late_find(&library, #name, &loaded_##name);
