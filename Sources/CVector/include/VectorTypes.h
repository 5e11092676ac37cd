// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

typedef uint8_t vec_u8x16 __attribute__((ext_vector_type(16)));
typedef uint8_t vec_u8x32 __attribute__((ext_vector_type(32)));
typedef uint8_t vec_u8x64 __attribute__((ext_vector_type(64)));
typedef uint16_t vec_u16x16 __attribute__((ext_vector_type(16)));
typedef uint16_t vec_u16x32 __attribute__((ext_vector_type(32)));
typedef int16_t vec_i16x32 __attribute__((ext_vector_type(32)));
typedef uint32_t vec_u32x16 __attribute__((ext_vector_type(16)));
typedef int32_t vec_i32x16 __attribute__((ext_vector_type(16)));
typedef float vec_f32x4 __attribute__((ext_vector_type(4)));
typedef float vec_f32x16 __attribute__((ext_vector_type(16)));

// Everything here is inlined, so no vector ever crosses a call and no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define VEC_INLINE static inline __attribute__((always_inline))

/// The kernel set that the importing build belongs to: 1 baseline, 3 x86-64-v3, 4 x86-64-v4.
VEC_INLINE int32_t vec_build_level(void) {
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    return 4;
#elif defined(__AVX2__)
    return 3;
#else
    return 1;
#endif
}

/// Piecewise linear sRGB encoding of floats from 2^-13 to 1: eight pieces an octave, each an offset in steps of
/// 1/128 and a slope in steps of 1/65536. Fitted so that all 256 codes survive the way to light and back; the error
/// against the exact curve stays below 0.56 of a code.
static const uint32_t vec_encode_table[128] __attribute__((aligned(64))) = {
    0x0073000D, 0x007A000D, 0x0080000D, 0x0087000C, 0x008D000D, 0x0094000C, 0x009A000D, 0x00A1000B,
    0x00A7001A, 0x00B40019, 0x00C10019, 0x00CE0019, 0x00DA001A, 0x00E7001A, 0x00F4001A, 0x0101001A,
    0x010E0033, 0x01280033, 0x01410034, 0x015B0034, 0x01750033, 0x018F0033, 0x01A80034, 0x01C20034,
    0x01DC0067, 0x020F0067, 0x02430067, 0x02760067, 0x02AA0067, 0x02DD0067, 0x03110067, 0x03440067,
    0x037800CE, 0x03DF00CE, 0x044600CD, 0x04AD00CD, 0x051400CD, 0x057A00C6, 0x05DD00BB, 0x063B00B5,
    0x06960158, 0x07420142, 0x07E3012F, 0x087B011E, 0x090A0114, 0x09940105, 0x0A1700FB, 0x0A9400F4,
    0x0B0E01CC, 0x0BF401AD, 0x0CCA0197, 0x0D950181, 0x0E55016F, 0x0F0C015F, 0x0FBB0151, 0x10630144,
    0x11060264, 0x1238023E, 0x1357021C, 0x14650202, 0x156601E7, 0x165A01D3, 0x174301C2, 0x182401AE,
    0x18FD0331, 0x1A9502FF, 0x1C1402D3, 0x1D7D02AD, 0x1ED3028E, 0x201A026E, 0x21510258, 0x227C0241,
    0x239E0445, 0x25C003FD, 0x27BE03C6, 0x29A00394, 0x2B690369, 0x2D1D0341, 0x2EBD031F, 0x304C0302,
    0x31CF05B2, 0x34A70555, 0x37510508, 0x39D404C6, 0x3C36048C, 0x3E7C0456, 0x40A7042B, 0x42BC0402,
    0x44C10798, 0x488C071F, 0x4C1A06B8, 0x4F75065E, 0x52A30612, 0x55AB05CD, 0x5891058F, 0x5B58055A,
    0x5E0A0A24, 0x631A0982, 0x67DA08F5, 0x6C54087F, 0x70930818, 0x749E07BE, 0x787C076D, 0x7C320724};
