// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

/// Number of cores that the scheduler lets this process run on, or -1.
int csystemshim_sched_getaffinity(void);

/// Opens a pipe whose ends are closed in programs started from here: ends[0] to read, ends[1] to write. Returns 0 or
/// an errno.
int csystemshim_pipe(int *_Nonnull ends);

/// Starts a program, looked up in PATH when `path` has no slash.
///
/// The child has `descriptors[i]` as descriptor i for i below `count` and no other; default signal handling, no
/// blocked signals and a process group of its own. Returns 0 or an errno.
int csystemshim_posix_spawn(
    pid_t *_Nonnull pid, const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, const int *_Nonnull descriptors, int count);

/// Waits for the end of a child and leaves it to be reaped. Returns 0 or an errno.
int csystemshim_wait_without_reaping(pid_t pid);

/// Gives memory that is free back to the system, as far as the C library can.
void csystemshim_malloc_trim(void);
