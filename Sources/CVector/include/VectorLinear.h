// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorColor.h"

/// Sixteen entries of a table of 256, which the widest build keeps in registers.
typedef struct {
#if defined(__AVX512F__)
    __m512 part[16];
#else
    const float *_Nonnull entries;
#endif
} vec_table256;

VEC_INLINE vec_table256 vec_open_table256(const float *_Nonnull entries) {
    vec_table256 table;
#if defined(__AVX512F__)
    for (int i = 0; i < 16; i++) table.part[i] = _mm512_loadu_ps(entries + 16 * i);
#else
    table.entries = entries;
#endif
    return table;
}

VEC_INLINE vec_f32x16 vec_lookup256(vec_u8x16 p, vec_table256 table) {
#if defined(__AVX512F__)
    const __m512i index = _mm512_cvtepu8_epi32((__m128i)p);
    __m512 part[8];
    for (int i = 0; i < 8; i++) part[i] = _mm512_permutex2var_ps(table.part[2 * i], index, table.part[2 * i + 1]);
    const __mmask16 b5 = _mm512_test_epi32_mask(index, _mm512_set1_epi32(32));
    const __mmask16 b6 = _mm512_test_epi32_mask(index, _mm512_set1_epi32(64));
    const __mmask16 b7 = _mm512_test_epi32_mask(index, _mm512_set1_epi32(128));
    for (int i = 0; i < 8; i += 2) part[i] = _mm512_mask_mov_ps(part[i], b5, part[i + 1]);
    part[0] = _mm512_mask_mov_ps(part[0], b6, part[2]);
    part[4] = _mm512_mask_mov_ps(part[4], b6, part[6]);
    return _mm512_mask_mov_ps(part[0], b7, part[4]);
#else
    vec_f32x16 v;
    for (int i = 0; i < 16; i++) v[i] = table.entries[p[i]];
    return v;
#endif
}

/// Floats of four RGBA pixels.
VEC_INLINE vec_f32x16 vec_linear_pixels(vec_u8x16 bytes, vec_table256 table, _Bool premultiplies) {
    const vec_f32x16 alpha = vec_bytes_to_float(bytes) * (1.0f / 255);
    const vec_f32x16 color = vec_lookup256(bytes, table);
    return vec_with_alpha(premultiplies ? color * vec_spread_alpha(alpha) : color, alpha);
}
/// The same where 255 is simply 1.
VEC_INLINE vec_f32x16 vec_share_pixels(vec_u8x16 bytes, _Bool premultiplies) {
    const vec_f32x16 share = vec_bytes_to_float(bytes) * (1.0f / 255);
    return premultiplies ? vec_with_alpha(share * vec_spread_alpha(share), share) : share;
}
/// Four pixels at a row's end.
VEC_INLINE vec_f32x16 vec_linear_end(vec_u8x16 bytes, const float *_Nullable entries, _Bool premultiplies) {
    return entries ? vec_linear_pixels(bytes, vec_open_table256(entries), premultiplies)
                   : vec_share_pixels(bytes, premultiplies);
}

// The loops are written here, where `restrict` tells the compiler that the table stays as it is: in Swift it would be
// read again for every vector. Whole vectors only; they return the pixels done.

VEC_INLINE int64_t vec_linearize_rgba(const uint8_t *_Nonnull restrict source, float *_Nonnull restrict target,
                                      int64_t pixels, const float *_Nullable restrict entries, _Bool premultiplies) {
    int64_t i = 0;
    vec_u8x16 bytes;
    if (!entries) {
        for (; i + 4 <= pixels; i += 4) {
            __builtin_memcpy(&bytes, source + 4 * i, 16);
            vec_store_f32x16(vec_share_pixels(bytes, premultiplies), target + 4 * i);
        }
        return i;
    }
    const vec_table256 table = vec_open_table256(entries);
    for (; i + 4 <= pixels; i += 4) {
        __builtin_memcpy(&bytes, source + 4 * i, 16);
        vec_store_f32x16(vec_linear_pixels(bytes, table, premultiplies), target + 4 * i);
    }
    return i;
}

/// The same for RGB; stops before a load of sixteen bytes would leave the row.
VEC_INLINE int64_t vec_linearize_rgb(const uint8_t *_Nonnull restrict source, float *_Nonnull restrict target,
                                     int64_t pixels, const float *_Nullable restrict entries) {
    int64_t i = 0;
    vec_u8x16 bytes;
    if (!entries) {
        for (; i + 6 <= pixels; i += 4) {
            __builtin_memcpy(&bytes, source + 3 * i, 16);
            vec_store_f32x16(vec_share_pixels(vec_unpack_rgb16(bytes), 0), target + 4 * i);
        }
        return i;
    }
    const vec_table256 table = vec_open_table256(entries);
    for (; i + 6 <= pixels; i += 4) {
        __builtin_memcpy(&bytes, source + 3 * i, 16);
        vec_store_f32x16(vec_linear_pixels(vec_unpack_rgb16(bytes), table, 0), target + 4 * i);
    }
    return i;
}
