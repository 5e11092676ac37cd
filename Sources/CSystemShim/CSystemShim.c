// SPDX-License-Identifier: Apache-2.0
#include "CSystemShim.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void csystemshim_malloc_trim(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
