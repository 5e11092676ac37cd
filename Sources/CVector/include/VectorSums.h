// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorBytes.h"

typedef uint8_t vec_u8x4 __attribute__((ext_vector_type(4)));
typedef uint64_t vec_u64x4 __attribute__((ext_vector_type(4)));

// Masks over sixteen RGBA pixels: all bits of a pixel or none.

VEC_INLINE vec_u8x64 vec_and8(vec_u8x64 a, vec_u8x64 b) { return a & b; }
VEC_INLINE vec_u8x64 vec_and_not8(vec_u8x64 a, vec_u8x64 b) { return a & ~b; }
VEC_INLINE vec_u8x64 vec_or_not8(vec_u8x64 a, vec_u8x64 b) { return a | ~b; }
VEC_INLINE vec_u8x64 vec_pixel_mask8(vec_i32x16 mask) {
    vec_u8x64 v;
    __builtin_memcpy(&v, &mask, 64);
    return v;
}
VEC_INLINE vec_u32x16 vec_pixels8(vec_u8x64 v) {
    vec_u32x16 pixels;
    __builtin_memcpy(&pixels, &v, 64);
    return pixels;
}
/// The first so many pixels.
VEC_INLINE vec_u8x64 vec_first_pixels8(int64_t count) {
    const vec_i32x16 index = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return vec_pixel_mask8(index < (vec_i32x16)((int32_t)count));
}
VEC_INLINE vec_u8x64 vec_nonzero_pixels8(vec_u8x64 v) { return vec_pixel_mask8(vec_pixels8(v) != 0); }
VEC_INLINE vec_u8x64 vec_visible_pixels8(vec_u8x64 v) { return vec_pixel_mask8((vec_pixels8(v) >> 24) != 0); }
/// Pixels all of whose channels lie between two bounds.
VEC_INLINE vec_u8x64 vec_pixels_within8(vec_u8x64 v, vec_u8x64 low, vec_u8x64 high) {
    const vec_u8x64 inside = (vec_u8x64)((v >= low) & (v <= high));
    return vec_pixel_mask8(vec_pixels8(inside) == 0xFFFFFFFFu);
}
VEC_INLINE int64_t vec_count_pixels8(vec_u8x64 mask) {
    return -(int64_t)__builtin_reduce_add((vec_i32x16)vec_pixels8(mask));
}
/// One pixel sixteen times.
VEC_INLINE vec_u8x64 vec_splat_pixel8(const uint8_t *_Nonnull pixel) {
    uint32_t value;
    __builtin_memcpy(&value, pixel, 4);
    const vec_u32x16 pixels = (vec_u32x16)(value);
    vec_u8x64 v;
    __builtin_memcpy(&v, &pixels, 64);
    return v;
}

// Per channel of RGBA pixels.

VEC_INLINE vec_u8x4 vec_channel_min(vec_u8x64 v) {
    const vec_u8x32 a = __builtin_elementwise_min(v.lo, v.hi);
    const vec_u8x16 b = __builtin_elementwise_min(a.lo, a.hi);
    vec_u8x4 least = b.s0123;
    least = __builtin_elementwise_min(least, b.s4567);
    least = __builtin_elementwise_min(least, b.s89ab);
    return __builtin_elementwise_min(least, b.scdef);
}
VEC_INLINE vec_u8x4 vec_channel_max(vec_u8x64 v) { return ~vec_channel_min(~v); }

VEC_INLINE vec_u32x16 vec_channel_sums_zero(void) { return (vec_u32x16)(0); }
/// Adds sixteen pixels to sums of four pixels by four channels.
VEC_INLINE vec_u32x16 vec_channel_sums_add(vec_u32x16 sums, vec_u8x64 v) {
    const vec_u16x32 pairs = __builtin_convertvector(v.lo, vec_u16x32) + __builtin_convertvector(v.hi, vec_u16x32);
    const vec_u16x16 folded = pairs.lo + pairs.hi;
    return sums + __builtin_convertvector(folded, vec_u32x16);
}
VEC_INLINE vec_u64x4 vec_channel_sums(vec_u32x16 sums) {
    vec_u64x4 total;
    for (int i = 0; i < 4; i++) total[i] = (uint64_t)sums[i] + sums[i + 4] + sums[i + 8] + sums[i + 12];
    return total;
}

VEC_INLINE uint64_t vec_sum_squares8(vec_u8x64 v) {
    const vec_u16x32 low = vec_widen_low(v), high = vec_widen_high(v);
    const vec_u16x32 a = low * low, b = high * high;
    vec_u32x16 sum = __builtin_convertvector(a.lo, vec_u32x16) + __builtin_convertvector(a.hi, vec_u32x16);
    sum += __builtin_convertvector(b.lo, vec_u32x16) + __builtin_convertvector(b.hi, vec_u32x16);
    return __builtin_reduce_add(sum);
}
VEC_INLINE uint8_t vec_largest8(vec_u8x64 v) { return __builtin_reduce_max(v); }
