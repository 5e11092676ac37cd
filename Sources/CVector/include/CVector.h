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

/// The widest of the kernel sets that this processor and system run: 1 baseline, 3 x86-64-v3, 4 x86-64-v4.
int vec_processor_level(void);

/// How many processors this process may use.
int vec_processor_count(void);
