// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CVector.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

int vec_processor_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4")) return 4;
    if (__builtin_cpu_supports("x86-64-v3")) return 3;
#endif
    return 1;
}

int vec_processor_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}

_Static_assert(sizeof(vec_processors) == sizeof(cpu_set_t), "a set of processors is the system's");

int vec_other_processors(vec_processors *all, vec_processors *others) {
    const int own = sched_getcpu();
    if (own < 0 || sched_getaffinity(0, sizeof(cpu_set_t), (cpu_set_t *)all) != 0) return 0;
    *others = *all;
    CPU_CLR(own, (cpu_set_t *)others);
    return CPU_COUNT((cpu_set_t *)others) > 0;
}

void vec_keep_to_processors(unsigned long thread, const vec_processors *processors) {
    (void)pthread_setaffinity_np((pthread_t)thread, sizeof(cpu_set_t), (const cpu_set_t *)processors);
}
