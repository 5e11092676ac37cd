// SPDX-License-Identifier: Apache-2.0
// What the ray tracer and the three builds of its shading kernels share: plain records, and the vector
// operations that Swift's SIMD types lack or do slowly. Header only, so that the operations follow the
// instruction set of the target that uses them.
#pragma once
#include "shading_records.h"
#include "shading_vector.h"
