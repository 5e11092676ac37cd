// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorBytes.h"
#include "VectorLinear.h"

#pragma clang fp contract(off)

/// A line of the target written past the caches; `p` is a multiple of 64.
VEC_INLINE void vec_stream64(vec_u8x64 v, void *_Nonnull p) { __builtin_nontemporal_store(v, (vec_u8x64 *)p); }
/// Has what was written past the caches seen by other threads before what is written next.
VEC_INLINE void vec_stream_end(void) {
#if defined(__SSE2__)
    _mm_sfence();
#else
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

/// 64 RGBA pixels without alpha as three lines written past the caches.
VEC_INLINE void vec_stream_rgb(const uint8_t *_Nonnull source, uint8_t *_Nonnull target) {
    vec_u32x16 p[4];
    for (int k = 0; k < 4; k++) {
        const vec_u8x64 packed = vec_pack_rgb(vec_load64(source + 64 * k));
        __builtin_memcpy(p + k, &packed, 64);
    }
    const vec_u32x16 lines[3] = {
        __builtin_shufflevector(p[0], p[1], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19),
        __builtin_shufflevector(p[1], p[2], 4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23),
        __builtin_shufflevector(p[2], p[3], 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27)};
    for (int k = 0; k < 3; k++) {
        vec_u8x64 line;
        __builtin_memcpy(&line, lines + k, 64);
        vec_stream64(line, target + 64 * k);
    }
}

/// Bytes of the first where alpha of `top` is 255, of the second where it is 0, of the third elsewhere.
VEC_INLINE vec_u8x64 vec_choose_by_alpha8(vec_u8x64 top, vec_u8x64 full, vec_u8x64 none, vec_u8x64 part) {
    const vec_u8x64 alpha = vec_spread_alpha8(top);
    return alpha == 255 ? full : (alpha == 0 ? none : part);
}

/// Four straight pixels over four others, straight again.
VEC_INLINE vec_u8x16 vec_over_quarter(vec_u8x16 top, vec_u8x16 bottom, const vec_table256 *_Nullable linear,
                                      const vec_table128 *_Nullable codes) {
    const vec_f32x16 above = linear ? vec_linear_pixels(top, *linear, 1) : vec_share_pixels(top, 1);
    const vec_f32x16 below = linear ? vec_linear_pixels(bottom, *linear, 1) : vec_share_pixels(bottom, 1);
    const vec_f32x16 sum = above + below * (vec_splat(1) - vec_spread_alpha(above));
    const vec_f32x16 color = sum * vec_reciprocal_or_zero(vec_spread_alpha(sum));
    const vec_u32x16 encoded = codes ? vec_encode_light(color, *codes) : vec_encode_linear(color);
    return vec_codes_to_bytes(vec_codes_with_alpha(encoded, vec_encode_linear(sum)));
}

/// Sixteen straight pixels over opaque ones, by their stored values: exactly rounded.
VEC_INLINE vec_u8x64 vec_over_opaque8(vec_u8x64 top, vec_u8x64 bottom) {
    const vec_u8x64 alpha = vec_spread_alpha8(top), rest = vec_invert8(alpha);
    const vec_u16x32 low =
        vec_widen_low(top) * vec_widen_low(alpha) + vec_widen_low(bottom) * vec_widen_low(rest);
    const vec_u16x32 high =
        vec_widen_high(top) * vec_widen_high(alpha) + vec_widen_high(bottom) * vec_widen_high(rest);
    return vec_with_alpha8(vec_narrow(vec_divide255(low), vec_divide255(high)), bottom);
}

/// The bits that the alphas of sixteen pixels share: 255 when all are opaque.
VEC_INLINE uint32_t vec_common_alpha(vec_u8x64 v) {
    vec_u32x16 pixels;
    __builtin_memcpy(&pixels, &v, 64);
    return __builtin_reduce_and(pixels) >> 24;
}

/// Sixteen pixels. Most pictures are clear or opaque nearly everywhere: what is so needs no arithmetic.
VEC_INLINE vec_u8x64 vec_over_pixels(vec_u8x64 top, vec_u8x64 bottom, const vec_table256 *_Nullable linear,
                                     const vec_table128 *_Nullable codes) {
    vec_u32x16 pixels;
    __builtin_memcpy(&pixels, &top, 64);
    if (vec_common_alpha(top) == 255) return top;
    if (__builtin_reduce_or(pixels) >> 24 == 0) return bottom;
    if (!codes && vec_common_alpha(bottom) == 255) return vec_over_opaque8(top, bottom);
    vec_u8x16 above[4], below[4];
    __builtin_memcpy(above, &top, 64);
    __builtin_memcpy(below, &bottom, 64);
    for (int k = 0; k < 4; k++) above[k] = vec_over_quarter(above[k], below[k], linear, codes);
    vec_u8x64 mixed;
    __builtin_memcpy(&mixed, above, 64);
    return vec_choose_by_alpha8(top, top, bottom, mixed);
}

/// Straight pixels over others: in light with the tables of codes and light, without them in the stored values.
VEC_INLINE void vec_over_rgba(const uint8_t *_Nonnull restrict top, const uint8_t *_Nonnull restrict bottom,
                              uint8_t *_Nonnull restrict target, int64_t pixels,
                              const float *_Nullable restrict linear_entries,
                              const uint32_t *_Nullable restrict code_entries) {
    vec_table256 linear;
    vec_table128 codes;
    if (linear_entries) linear = vec_open_table256(linear_entries);
    if (code_entries) codes = vec_open_table128(code_entries);
    const vec_table256 *const by_light = linear_entries ? &linear : 0;
    const vec_table128 *const by_codes = code_entries ? &codes : 0;
    int64_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        const vec_u8x64 above = vec_load64(top + 4 * i), below = vec_load64(bottom + 4 * i);
        vec_store64(vec_over_pixels(above, below, by_light, by_codes), target + 4 * i);
    }
    if (i < pixels) {
        const int64_t rest = 4 * (pixels - i);
        const vec_u8x64 above = vec_load_some64(top + 4 * i, rest), below = vec_load_some64(bottom + 4 * i, rest);
        vec_store_some64(vec_over_pixels(above, below, by_light, by_codes), target + 4 * i, rest);
    }
}

/// Premultiplied pixels over others, each product rounded.
VEC_INLINE vec_u8x64 vec_over_premultiplied8(vec_u8x64 top, vec_u8x64 bottom) {
    return vec_add_saturating8(top, vec_scale8(bottom, vec_invert8(vec_spread_alpha8(top))));
}
