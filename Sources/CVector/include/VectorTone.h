// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorColor.h"

#pragma clang fp contract(off)

/// A curve (0 none, 2 filmic, 3 Reinhard) of premultiplied light, as straight light and as one quotient: dividing by
/// alpha first would be a second division, and divisions are what this costs. With light q / a the curves are
/// q (2.51 q + 0.03 a) / (q (2.43 q + 0.59 a) + 0.14 a²) and q / (q + a).
VEC_INLINE vec_f32x16 vec_toned_straight(vec_f32x16 pixels, vec_f32x16 exposure, int32_t curve) {
    vec_f32x16 alpha = vec_spread_alpha(pixels);
#if defined(__AVX512F__)
    // Left alone, the compiler computes with the four alphas apart and spreads three products of them.
    __asm__("" : "+v"(alpha));
#endif
    const vec_f32x16 light = vec_minx16(vec_maxx16(pixels * exposure, vec_splat(0)), vec_splat(0x1p60f));
    vec_f32x16 up = light, down = alpha;
    if (curve == 2) {
        up = light * vec_multiply_add(light, vec_splat(2.51f), alpha * vec_splat(0.03f));
        const vec_f32x16 rest = alpha * (alpha * vec_splat(0.14f));
        down = vec_multiply_add(light, vec_multiply_add(light, vec_splat(2.43f), alpha * vec_splat(0.59f)), rest);
    } else if (curve == 3) {
        down = light + alpha;
    }
    return vec_choose_above(alpha, vec_splat(0), up / down, vec_splat(0));
}

/// Four premultiplied pixels of light as straight sRGB bytes.
VEC_INLINE vec_u8x16 vec_toned_codes(vec_f32x16 pixels, vec_f32x16 exposure, int32_t curve, vec_table128 table) {
    const vec_u32x16 color = vec_encode_light(vec_toned_straight(pixels, exposure, curve), table);
    return vec_codes_to_bytes(vec_codes_with_alpha(color, vec_encode_linear(pixels)));
}

/// The same for pixels at a row's end.
VEC_INLINE vec_u8x16 vec_toned_end(vec_f32x16 pixels, vec_f32x16 exposure, int32_t curve,
                                   const uint32_t *_Nonnull entries) {
    return vec_toned_codes(pixels, exposure, curve, vec_open_table128(entries));
}

/// The loop, written here for `restrict` as in VectorLinear.h: whole vectors only, it returns the pixels done.
VEC_INLINE int64_t vec_develop_rgba(const float *_Nonnull restrict source, uint8_t *_Nonnull restrict target,
                                    int64_t pixels, float exposure, int32_t curve,
                                    const uint32_t *_Nonnull restrict entries) {
    const vec_table128 table = vec_open_table128(entries);
    const vec_f32x16 scale = vec_splat(exposure);
    int64_t i = 0;
    for (; i + 4 <= pixels; i += 4) {
        vec_store16(vec_toned_codes(vec_load_f32x16(source + 4 * i), scale, curve, table), target + 4 * i);
    }
    return i;
}
