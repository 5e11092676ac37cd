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
