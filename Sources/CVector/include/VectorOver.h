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

/// Four premultiplied pixels over four others.
VEC_INLINE vec_f32x16 vec_over_four(vec_f32x16 top, vec_f32x16 bottom) {
    return top + bottom * (vec_splat(1) - vec_spread_alpha(top));
}
VEC_INLINE vec_f32x16 vec_straightened(vec_f32x16 v) { return v * vec_reciprocal_or_zero(vec_spread_alpha(v)); }

/// Four straight pixels over four others, mixed in light. Tables go by value: behind a pointer they would be read anew
/// for every pixel.
VEC_INLINE vec_u8x16 vec_over_light(vec_u8x16 top, vec_u8x16 bottom, vec_table256 light, vec_table128 codes) {
    const vec_f32x16 sum = vec_over_four(vec_linear_pixels(top, light, 1), vec_linear_pixels(bottom, light, 1));
    const vec_u32x16 color = vec_encode_light(vec_straightened(sum), codes);
    return vec_codes_to_bytes(vec_codes_with_alpha(color, vec_encode_linear(sum)));
}
/// The same by their stored values.
VEC_INLINE vec_u8x16 vec_over_stored(vec_u8x16 top, vec_u8x16 bottom) {
    const vec_f32x16 sum = vec_over_four(vec_share_pixels(top, 1), vec_share_pixels(bottom, 1));
    const vec_u32x16 color = vec_encode_linear(vec_straightened(sum));
    return vec_codes_to_bytes(vec_codes_with_alpha(color, vec_encode_linear(sum)));
}

VEC_INLINE vec_u8x16 vec_quarter0(vec_u8x64 v) { return v.lo.lo; }
VEC_INLINE vec_u8x16 vec_quarter1(vec_u8x64 v) { return v.lo.hi; }
VEC_INLINE vec_u8x16 vec_quarter2(vec_u8x64 v) { return v.hi.lo; }
VEC_INLINE vec_u8x16 vec_quarter3(vec_u8x64 v) { return v.hi.hi; }
VEC_INLINE vec_u8x64 vec_of_quarters(vec_u8x16 a, vec_u8x16 b, vec_u8x16 c, vec_u8x16 d) {
    vec_u8x64 v;
    v.lo.lo = a;
    v.lo.hi = b;
    v.hi.lo = c;
    v.hi.hi = d;
    return v;
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

/// Whether sixteen pixels are all clear.
VEC_INLINE _Bool vec_all_clear(vec_u8x64 v) {
    vec_u32x16 pixels;
    __builtin_memcpy(&pixels, &v, 64);
    return __builtin_reduce_or(pixels) >> 24 == 0;
}

/// Sixteen pixels. Most pictures are clear or opaque nearly everywhere: what is so needs no arithmetic.
VEC_INLINE vec_u8x64 vec_over_light64(vec_u8x64 top, vec_u8x64 bottom, vec_table256 light, vec_table128 codes) {
    if (vec_common_alpha(top) == 255) return top;
    if (vec_all_clear(top)) return bottom;
    const vec_u8x64 mixed =
        vec_of_quarters(vec_over_light(vec_quarter0(top), vec_quarter0(bottom), light, codes),
                        vec_over_light(vec_quarter1(top), vec_quarter1(bottom), light, codes),
                        vec_over_light(vec_quarter2(top), vec_quarter2(bottom), light, codes),
                        vec_over_light(vec_quarter3(top), vec_quarter3(bottom), light, codes));
    return vec_choose_by_alpha8(top, top, bottom, mixed);
}
VEC_INLINE vec_u8x64 vec_over_stored64(vec_u8x64 top, vec_u8x64 bottom) {
    if (vec_common_alpha(top) == 255) return top;
    if (vec_all_clear(top)) return bottom;
    if (vec_common_alpha(bottom) == 255) return vec_over_opaque8(top, bottom);
    const vec_u8x64 mixed = vec_of_quarters(vec_over_stored(vec_quarter0(top), vec_quarter0(bottom)),
                                            vec_over_stored(vec_quarter1(top), vec_quarter1(bottom)),
                                            vec_over_stored(vec_quarter2(top), vec_quarter2(bottom)),
                                            vec_over_stored(vec_quarter3(top), vec_quarter3(bottom)));
    return vec_choose_by_alpha8(top, top, bottom, mixed);
}

/// Straight pixels over others in light, with the tables of codes and of light. The loop is written here for `restrict`,
/// as in VectorLinear.h.
VEC_INLINE void vec_over_rgba_light(const uint8_t *_Nonnull restrict top, const uint8_t *_Nonnull restrict bottom,
                                    uint8_t *_Nonnull restrict target, int64_t pixels,
                                    const float *_Nonnull restrict linear, const uint32_t *_Nonnull restrict entries) {
    const vec_table256 light = vec_open_table256(linear);
    const vec_table128 codes = vec_open_table128(entries);
    int64_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        const vec_u8x64 above = vec_load64(top + 4 * i), below = vec_load64(bottom + 4 * i);
        vec_store64(vec_over_light64(above, below, light, codes), target + 4 * i);
    }
    if (i < pixels) {
        const int64_t rest = 4 * (pixels - i);
        const vec_u8x64 above = vec_load_some64(top + 4 * i, rest), below = vec_load_some64(bottom + 4 * i, rest);
        vec_store_some64(vec_over_light64(above, below, light, codes), target + 4 * i, rest);
    }
}

/// Premultiplied pixels over others, each product rounded.
VEC_INLINE vec_u8x64 vec_over_premultiplied8(vec_u8x64 top, vec_u8x64 bottom) {
    return vec_add_saturating8(top, vec_scale8(bottom, vec_invert8(vec_spread_alpha8(top))));
}
