// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

// Contraction would make the three builds differ in the last bit.
#pragma STDC FP_CONTRACT OFF
// All of these are inlined: how wide vectors are passed between functions never matters.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float vf16 __attribute__((ext_vector_type(16)));
typedef int32_t vi16 __attribute__((ext_vector_type(16)));
typedef uint32_t vu16 __attribute__((ext_vector_type(16)));

#define SHADING_INLINE static inline __attribute__((always_inline))

// Masks are -1 where true, 0 where false.
SHADING_INLINE vi16 lanes_less(vf16 a, vf16 b) { return a < b; }
SHADING_INLINE vi16 lanes_less_equal(vf16 a, vf16 b) { return a <= b; }
SHADING_INLINE vi16 lanes_greater(vf16 a, vf16 b) { return a > b; }
SHADING_INLINE vi16 lanes_greater_equal(vf16 a, vf16 b) { return a >= b; }
SHADING_INLINE vi16 lanes_not_equal_int(vi16 a, vi16 b) { return a != b; }
SHADING_INLINE vi16 lanes_and(vi16 a, vi16 b) { return a & b; }
SHADING_INLINE vi16 lanes_or(vi16 a, vi16 b) { return a | b; }
SHADING_INLINE vi16 lanes_and_not(vi16 a, vi16 b) { return a & ~b; }
SHADING_INLINE int32_t lanes_any(vi16 m) { return __builtin_reduce_or(m) != 0; }
SHADING_INLINE int32_t lanes_all(vi16 m) { return __builtin_reduce_and(m) != 0; }
SHADING_INLINE vf16 lanes_select(vi16 m, vf16 a, vf16 b) { return m ? a : b; }
SHADING_INLINE vi16 lanes_select_int(vi16 m, vi16 a, vi16 b) { return m ? a : b; }
SHADING_INLINE vf16 lanes_bits_to_float(vi16 a) { return (vf16)a; }
SHADING_INLINE vi16 lanes_float_to_bits(vf16 a) { return (vi16)a; }

SHADING_INLINE vf16 lanes_min(vf16 a, vf16 b) { return __builtin_elementwise_min(a, b); }
SHADING_INLINE vf16 lanes_max(vf16 a, vf16 b) { return __builtin_elementwise_max(a, b); }
SHADING_INLINE vf16 lanes_abs(vf16 a) { return __builtin_elementwise_abs(a); }
SHADING_INLINE vf16 lanes_sqrt(vf16 a) { return __builtin_elementwise_sqrt(a); }

SHADING_INLINE vu16 lanes_shift_left(vu16 a, uint32_t n) { return a << n; }
SHADING_INLINE vu16 lanes_shift_right(vu16 a, uint32_t n) { return a >> n; }
SHADING_INLINE vu16 lanes_xor(vu16 a, vu16 b) { return a ^ b; }
// 0…1 from all 32 bits; rounds to 1 at the very top.
SHADING_INLINE vf16 lanes_unit_float(vu16 a) { return __builtin_convertvector(a, vf16) * 0x1p-32f; }

// Two to the power of a, by the exponent's bits and a polynomial of degree 5 for the fraction (minimax on 0…1,
// relative error below 3e-6); clamped to what a float can hold.
SHADING_INLINE vf16 lanes_exp2(vf16 a) {
    a = __builtin_elementwise_min(__builtin_elementwise_max(a, (vf16)(-126.0f)), (vf16)(127.0f));
    vi16 whole = __builtin_convertvector(a, vi16);
    vf16 down = __builtin_convertvector(whole, vf16);
    whole = down > a ? whole - 1 : whole;
    vf16 f = a - __builtin_convertvector(whole, vf16);
    vf16 p = 1.8775767e-3f * f + 8.9893397e-3f;
    p = p * f + 5.5826318e-2f;
    p = p * f + 2.4015361e-1f;
    p = p * f + 6.9315308e-1f;
    p = p * f + 9.9999994e-1f;
    return p * (vf16)((whole + 127) << 23);
}

// Logarithm to the base 2 of a positive number: the exponent's bits and the series of artanh.
SHADING_INLINE vf16 lanes_log2(vf16 a) {
    vi16 bits = (vi16)a;
    vi16 exponent = ((bits >> 23) & 255) - 127;
    vf16 m = (vf16)((bits & 0x7fffff) | 0x3f800000);
    vi16 high = m > (vf16)(1.41421356f);
    m = high ? m * 0.5f : m;
    exponent = high ? exponent + 1 : exponent;
    vf16 s = (m - 1.0f) / (m + 1.0f);
    vf16 z = s * s;
    vf16 p = 0.41219858f * z + 0.57707802f;
    p = p * z + 0.96179669f;
    p = p * z + 2.88539008f;
    return __builtin_convertvector(exponent, vf16) + p * s;
}

// a to the power of b for a ≥ 0; 0 for a = 0.
SHADING_INLINE vf16 lanes_pow(vf16 a, vf16 b) {
    vf16 safe = __builtin_elementwise_max(a, (vf16)(1e-30f));
    vf16 p = lanes_exp2(b * lanes_log2(safe));
    return a > (vf16)(0.0f) ? p : (vf16)(0.0f);
}

SHADING_INLINE vf16 lanes_int_to_float(vi16 a) { return __builtin_convertvector(a, vf16); }
SHADING_INLINE vu16 lanes_unsigned(vi16 a) { return (vu16)a; }
SHADING_INLINE vi16 lanes_signed(vu16 a) { return (vi16)a; }
SHADING_INLINE vf16 lanes_nonnegative_int_to_float(vu16 a) { return __builtin_convertvector((vi16)a, vf16); }

// Has a cache line brought near that will be read soon.
SHADING_INLINE void lanes_prefetch(const void * _Nonnull place) { __builtin_prefetch(place); }

// Adds four by four pixels, a lane a pixel, row after row, to RGBA floats whose rows are `stride` floats apart.
SHADING_INLINE void lanes_add_pixels(
    float * _Nonnull pixels, intptr_t stride, vf16 r, vf16 g, vf16 b, vf16 a) {
    typedef float unaligned __attribute__((ext_vector_type(16), aligned(4)));
    // Pairs of red and green, blue and alpha, of the first and of the last two columns.
    vf16 rg0 = __builtin_shufflevector(r, g, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    vf16 rg2 = __builtin_shufflevector(r, g, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    vf16 ba0 = __builtin_shufflevector(b, a, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    vf16 ba2 = __builtin_shufflevector(b, a, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    // Columns: one pixel of each row.
    vf16 c0 = __builtin_shufflevector(rg0, ba0, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    vf16 c1 = __builtin_shufflevector(rg0, ba0, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    vf16 c2 = __builtin_shufflevector(rg2, ba2, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    vf16 c3 = __builtin_shufflevector(rg2, ba2, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    // Two rows of two columns, then whole rows.
    vf16 a01 = __builtin_shufflevector(c0, c1, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    vf16 a23 = __builtin_shufflevector(c2, c3, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
    vf16 b01 = __builtin_shufflevector(c0, c1, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    vf16 b23 = __builtin_shufflevector(c2, c3, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
    unaligned *row0 = (unaligned *)pixels, *row1 = (unaligned *)(pixels + stride);
    unaligned *row2 = (unaligned *)(pixels + 2 * stride), *row3 = (unaligned *)(pixels + 3 * stride);
    *row0 += __builtin_shufflevector(a01, a23, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    *row1 += __builtin_shufflevector(a01, a23, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    *row2 += __builtin_shufflevector(b01, b23, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    *row3 += __builtin_shufflevector(b01, b23, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}
