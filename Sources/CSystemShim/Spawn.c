// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CSystemShim.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most_descriptors = 16, out_of_the_way = 64 };

int csystemshim_sched_getaffinity(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return -1;
    return CPU_COUNT(&set);
}

int csystemshim_pipe(int *ends) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int csystemshim_wait_without_reaping(pid_t pid) {
    siginfo_t info;
    int result;
    do {
        result = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

static int fill_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    int error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0) error = posix_spawnattr_setpgroup(attributes, 0);
    if (error == 0)
        error = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    return error;
}

int csystemshim_posix_spawn(
    pid_t *pid, const char *path, char *const *arguments, char *const *environment, const int *descriptors,
    int count) {
    if (count < 0 || count > most_descriptors) return EINVAL;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int high[most_descriptors];
    int held = 0;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    // Copies above all targets, so that no target overwrites a source that is still needed.
    for (; error == 0 && held < count; held++) {
        high[held] = fcntl(descriptors[held], F_DUPFD_CLOEXEC, out_of_the_way);
        if (high[held] < 0) {
            error = errno;
            break;
        }
    }
    for (int i = 0; error == 0 && i < count; i++)
        error = posix_spawn_file_actions_adddup2(&actions, high[i], i);
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, count);
    if (error == 0) error = fill_attributes(&attributes);
    if (error == 0) error = posix_spawnp(pid, path, &actions, &attributes, arguments, environment);
    for (int i = 0; i < held; i++) close(high[i]);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
