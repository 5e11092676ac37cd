// SPDX-License-Identifier: Apache-2.0
// Swift 6.3.1 tells too small a size for the frames of some asynchronous functions that keep values aligned to 32 bytes,
// such as a SIMD3<Double>, across an await: up to 16 bytes too small, so that what lies last is written over whatever
// follows. `Package.swift` makes the linker lead all requests for frames here, where they get what is missing. The first
// frame of a task is allocated with the task and does not come by here.
#include <stddef.h>

#if defined(__linux__)

enum { MISSING = 32 };

__attribute__((swiftcall)) void *__real_swift_task_alloc(size_t size);
__attribute__((swiftcall)) void *__wrap_swift_task_alloc(size_t size);

__attribute__((swiftcall)) void *__wrap_swift_task_alloc(size_t size) {
    return __real_swift_task_alloc(size + MISSING);
}

#endif
