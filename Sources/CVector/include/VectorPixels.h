// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorTypes.h"

// One pixel at a time, its samples in lanes of 16 bits: what undoing a PNG filter needs, since each pixel needs the
// one before it. Lanes hold 0…255; those behind the pixel are of no account.

typedef uint8_t vec_u8x8 __attribute__((ext_vector_type(8)));
typedef int16_t vec_i16x8 __attribute__((ext_vector_type(8)));

VEC_INLINE vec_i16x8 vec_pixel_zero(void) { return (vec_i16x8)(0); }

/// The samples of a pixel of `bytes` bytes, 1 to 8.
VEC_INLINE vec_i16x8 vec_pixel_load(const uint8_t *_Nonnull p, int64_t bytes) {
    vec_u8x8 v = (vec_u8x8)(0);
    if (bytes == 3) {
        uint16_t low;
        __builtin_memcpy(&low, p, 2);
        const uint32_t pixel = low | (uint32_t)p[2] << 16;
        __builtin_memcpy(&v, &pixel, 4);
    } else {
        __builtin_memcpy(&v, p, (size_t)bytes);
    }
    return __builtin_convertvector(v, vec_i16x8);
}
VEC_INLINE void vec_pixel_store(vec_i16x8 v, uint8_t *_Nonnull p, int64_t bytes) {
    const vec_u8x8 narrow = __builtin_convertvector(v, vec_u8x8);
    __builtin_memcpy(p, &narrow, (size_t)bytes);
}

/// Sum modulo 256.
VEC_INLINE vec_i16x8 vec_pixel_add(vec_i16x8 a, vec_i16x8 b) { return (a + b) & 255; }
VEC_INLINE vec_i16x8 vec_pixel_mean(vec_i16x8 a, vec_i16x8 b) { return (a + b) >> 1; }

/// All bits where `a` is less than `b`. Kept in a vector register: by way of a mask register, as compilers like it for
/// AVX-512, the chain from pixel to pixel is twice as long.
VEC_INLINE vec_i16x8 vec_pixel_less(vec_i16x8 a, vec_i16x8 b) {
    vec_i16x8 mask = (a - b) >> 15;
#if defined(__x86_64__)
    __asm__("" : "+x"(mask));
#endif
    return mask;
}

/// Paeth's choice among left, above and above left.
VEC_INLINE vec_i16x8 vec_pixel_paeth(vec_i16x8 left, vec_i16x8 up, vec_i16x8 corner) {
    const vec_i16x8 a = up - corner, b = left - corner;
    const vec_i16x8 to_left = __builtin_elementwise_abs(a), to_up = __builtin_elementwise_abs(b);
    const vec_i16x8 to_corner = __builtin_elementwise_abs(a + b);
    const vec_i16x8 prefers_up = vec_pixel_less(to_up, to_left);
    const vec_i16x8 near = (up & prefers_up) | (left & ~prefers_up);
    const vec_i16x8 prefers_corner = vec_pixel_less(to_corner, __builtin_elementwise_min(to_left, to_up));
    return (corner & prefers_corner) | (near & ~prefers_corner);
}
