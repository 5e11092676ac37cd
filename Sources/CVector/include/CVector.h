// SPDX-License-Identifier: Apache-2.0
#pragma once
// What Swift's SIMD types cannot say, as inline functions that follow the importing target's -march.
#include "KernelTable.h"
#include "VectorTypes.h"
#include "VectorColor.h"
#include "VectorLinear.h"
#include "VectorBytes.h"
#include "VectorSums.h"
#include "VectorCodes.h"
#include "VectorPixels.h"
#include "VectorTone.h"
#include "VectorOver.h"
#include "VectorRegress.h"

/// The widest of the kernel sets that this processor and system run: 1 baseline, 3 x86-64-v3, 4 x86-64-v4.
int vec_processor_level(void);

/// How many processors this process may use.
int vec_processor_count(void);

/// A set of processors, one bit each; those past the last are never used.
typedef struct vec_processors {
    unsigned long bits[1024 / (8 * sizeof(unsigned long))];
} vec_processors;

/// Fills in the processors that the calling thread may use, and which of them it does not run on now.
/// Returns 0 when there is no other, or the system does not say.
int vec_other_processors(vec_processors *all, vec_processors *others);

/// Lets a thread, as pthread names it, run on these processors only. What the system refuses stays as it was.
void vec_keep_to_processors(unsigned long thread, const vec_processors *processors);
