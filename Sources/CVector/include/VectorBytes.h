// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorTypes.h"

VEC_INLINE vec_u8x64 vec_load64(const void *_Nonnull p) {
    vec_u8x64 v;
    __builtin_memcpy(&v, p, 64);
    return v;
}
VEC_INLINE void vec_store64(vec_u8x64 v, void *_Nonnull p) { __builtin_memcpy(p, &v, 64); }
/// The first bytes of a vector, 0 behind them.
VEC_INLINE vec_u8x64 vec_load_some64(const void *_Nonnull p, int64_t bytes) {
    vec_u8x64 v = (vec_u8x64)(0);
    __builtin_memcpy(&v, p, (size_t)bytes);
    return v;
}
VEC_INLINE void vec_store_some64(vec_u8x64 v, void *_Nonnull p, int64_t bytes) {
    __builtin_memcpy(p, &v, (size_t)bytes);
}
VEC_INLINE vec_u8x16 vec_load_some16(const void *_Nonnull p, int64_t bytes) {
    vec_u8x16 v = (vec_u8x16)(0);
    __builtin_memcpy(&v, p, (size_t)bytes);
    return v;
}
VEC_INLINE void vec_store_some16(vec_u8x16 v, void *_Nonnull p, int64_t bytes) {
    __builtin_memcpy(p, &v, (size_t)bytes);
}
VEC_INLINE vec_u8x16 vec_load16(const void *_Nonnull p) {
    vec_u8x16 v;
    __builtin_memcpy(&v, p, 16);
    return v;
}
VEC_INLINE void vec_store16(vec_u8x16 v, void *_Nonnull p) { __builtin_memcpy(p, &v, 16); }
VEC_INLINE vec_u8x64 vec_splat8(uint8_t value) { return (vec_u8x64)(value); }
VEC_INLINE vec_u8x64 vec_add8(vec_u8x64 a, vec_u8x64 b) { return a + b; }
VEC_INLINE vec_u8x64 vec_sub8(vec_u8x64 a, vec_u8x64 b) { return a - b; }
VEC_INLINE vec_u8x64 vec_min8(vec_u8x64 a, vec_u8x64 b) { return __builtin_elementwise_min(a, b); }
VEC_INLINE vec_u8x64 vec_max8(vec_u8x64 a, vec_u8x64 b) { return __builtin_elementwise_max(a, b); }
VEC_INLINE vec_u8x64 vec_distance8(vec_u8x64 a, vec_u8x64 b) {
    return __builtin_elementwise_max(a, b) - __builtin_elementwise_min(a, b);
}
/// Mean, rounded down.
VEC_INLINE vec_u8x64 vec_mean8(vec_u8x64 a, vec_u8x64 b) { return (a & b) + (((a ^ b) & 0xFE) >> 1); }

/// Paeth's choice among left, above and above left.
VEC_INLINE vec_u8x64 vec_paeth8(vec_u8x64 left, vec_u8x64 up, vec_u8x64 corner) {
    const vec_u8x64 pa = vec_distance8(up, corner), pb = vec_distance8(left, corner);
    // The distance of left + up - 2 corner from 0, capped: the two differences add up when they have one sign.
    const vec_u8x64 sum = __builtin_elementwise_add_sat(pa, pb), gap = vec_distance8(pa, pb);
    const vec_u8x64 same = (vec_u8x64)((up > corner) == (left > corner));
    const vec_u8x64 pc = (sum & same) | (gap & ~same);
    const vec_u8x64 near = pb < pa ? up : left;
    const vec_u8x64 least = __builtin_elementwise_min(pa, pb);
    return pc < least ? corner : near;
}

/// Absolute values of the lanes as signed numbers; 128 stays.
VEC_INLINE vec_u8x64 vec_magnitude8(vec_u8x64 v) { return __builtin_elementwise_min(v, (vec_u8x64)(-v)); }

/// Whether no lane has a bit set.
VEC_INLINE _Bool vec_is_zero64(vec_u8x64 v) { return __builtin_reduce_or(v) == 0; }

/// Sum of the lanes.
VEC_INLINE uint64_t vec_sum8(vec_u8x64 v) {
#if defined(__AVX512BW__)
    __m512i m;
    __builtin_memcpy(&m, &v, 64);
    return (uint64_t)_mm512_reduce_add_epi64(_mm512_sad_epu8(m, _mm512_setzero_si512()));
#elif defined(__SSE2__)
    __m128i part[4], total = _mm_setzero_si128();
    __builtin_memcpy(part, &v, 64);
    for (int i = 0; i < 4; i++) total = _mm_add_epi64(total, _mm_sad_epu8(part[i], _mm_setzero_si128()));
    return (uint64_t)_mm_cvtsi128_si64(total) + (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(total, total));
#else
    uint64_t total = 0;
    for (int i = 0; i < 64; i++) total += v[i];
    return total;
#endif
}

/// Rounded v / 255 of products of two bytes.
VEC_INLINE vec_u16x32 vec_divide255(vec_u16x32 v) {
    const vec_u16x32 t = v + 128;
    return (t + (t >> 8)) >> 8;
}
VEC_INLINE vec_u16x32 vec_widen_low(vec_u8x64 v) { return __builtin_convertvector(v.lo, vec_u16x32); }
VEC_INLINE vec_u16x32 vec_widen_high(vec_u8x64 v) { return __builtin_convertvector(v.hi, vec_u16x32); }
VEC_INLINE vec_u8x64 vec_narrow(vec_u16x32 low, vec_u16x32 high) {
    vec_u8x64 v;
    v.lo = __builtin_convertvector(low, vec_u8x32);
    v.hi = __builtin_convertvector(high, vec_u8x32);
    return v;
}

/// Alpha of each RGBA pixel in all of its bytes.
VEC_INLINE vec_u8x64 vec_spread_alpha8(vec_u8x64 v) {
    vec_u32x16 pixels;
    __builtin_memcpy(&pixels, &v, 64);
    pixels = (pixels >> 24) * 0x01010101u;
    __builtin_memcpy(&v, &pixels, 64);
    return v;
}
/// Colour bytes of the first, alpha bytes of the second.
VEC_INLINE vec_u8x64 vec_with_alpha8(vec_u8x64 color, vec_u8x64 alpha) {
    vec_u32x16 c, a;
    __builtin_memcpy(&c, &color, 64);
    __builtin_memcpy(&a, &alpha, 64);
    c = (c & 0x00FFFFFFu) | (a & 0xFF000000u);
    __builtin_memcpy(&color, &c, 64);
    return color;
}
/// a * b / 255, rounded, lane by lane.
VEC_INLINE vec_u8x64 vec_scale8(vec_u8x64 a, vec_u8x64 b) {
    return vec_narrow(vec_divide255(vec_widen_low(a) * vec_widen_low(b)),
                      vec_divide255(vec_widen_high(a) * vec_widen_high(b)));
}
VEC_INLINE vec_u8x64 vec_invert8(vec_u8x64 v) { return ~v; }
VEC_INLINE vec_u8x64 vec_add_saturating8(vec_u8x64 a, vec_u8x64 b) { return __builtin_elementwise_add_sat(a, b); }

/// Red and blue of RGBA pixels change places.
VEC_INLINE vec_u8x64 vec_swap_red_blue8(vec_u8x64 v) {
    vec_u32x16 p;
    __builtin_memcpy(&p, &v, 64);
    p = (p & 0xFF00FF00u) | ((p >> 16) & 0xFFu) | ((p & 0xFFu) << 16);
    __builtin_memcpy(&v, &p, 64);
    return v;
}
/// The colours of 16 RGBA pixels in the first 48 lanes.
VEC_INLINE vec_u8x64 vec_pack_rgb(vec_u8x64 v) {
    return __builtin_shufflevector(
        v, v, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22, 24, 25, 26, 28, 29, 30, 32, 33, 34, 36,
        37, 38, 40, 41, 42, 44, 45, 46, 48, 49, 50, 52, 53, 54, 56, 57, 58, 60, 61, 62, 3, 7, 11, 15, 19, 23, 27, 31,
        35, 39, 43, 47, 51, 55, 59, 63);
}
/// 16 RGB pixels of the first 48 lanes, alpha 255.
VEC_INLINE vec_u8x64 vec_unpack_rgb(vec_u8x64 v) {
    v[63] = 255;
    return __builtin_shufflevector(v, v, 0, 1, 2, 63, 3, 4, 5, 63, 6, 7, 8, 63, 9, 10, 11, 63, 12, 13, 14, 63, 15, 16,
                                   17, 63, 18, 19, 20, 63, 21, 22, 23, 63, 24, 25, 26, 63, 27, 28, 29, 63, 30, 31, 32,
                                   63, 33, 34, 35, 63, 36, 37, 38, 63, 39, 40, 41, 63, 42, 43, 44, 63, 45, 46, 47, 63);
}
