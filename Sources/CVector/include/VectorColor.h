// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorTypes.h"

// Products and sums are never fused here, so that every build gives the same bits.
#pragma clang fp contract(off)

VEC_INLINE vec_f32x16 vec_load_f32x16(const void *_Nonnull p) {
    vec_f32x16 v;
    __builtin_memcpy(&v, p, 64);
    return v;
}
VEC_INLINE void vec_store_f32x16(vec_f32x16 v, void *_Nonnull p) { __builtin_memcpy(p, &v, 64); }

/// The first floats of a vector, 0 behind them.
VEC_INLINE vec_f32x16 vec_load_some_f32x16(const void *_Nonnull p, int64_t floats) {
    vec_f32x16 v = (vec_f32x16)(0.0f);
    __builtin_memcpy(&v, p, (size_t)floats * 4);
    return v;
}
VEC_INLINE void vec_store_some_f32x16(vec_f32x16 v, void *_Nonnull p, int64_t floats) {
    __builtin_memcpy(p, &v, (size_t)floats * 4);
}

/// Sixteen bytes as floats.
VEC_INLINE vec_f32x16 vec_bytes_to_float(vec_u8x16 v) {
    return __builtin_convertvector(__builtin_convertvector(v, vec_i32x16), vec_f32x16);
}

/// Lanes 3, 7, 11, 15 (alpha) spread over their pixels.
VEC_INLINE vec_f32x16 vec_spread_alpha(vec_f32x16 v) {
    return __builtin_shufflevector(v, v, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

/// Colour lanes of the first, alpha lanes of the second.
VEC_INLINE vec_f32x16 vec_with_alpha(vec_f32x16 color, vec_f32x16 alpha) {
    return __builtin_shufflevector(color, alpha, 0, 1, 2, 19, 4, 5, 6, 23, 8, 9, 10, 27, 12, 13, 14, 31);
}

/// Larger lanes; the second where the first is not a number.
VEC_INLINE vec_f32x16 vec_maxx16(vec_f32x16 a, vec_f32x16 b) { return a > b ? a : b; }
/// Smaller lanes; the second where the first is not a number.
VEC_INLINE vec_f32x16 vec_minx16(vec_f32x16 a, vec_f32x16 b) { return a < b ? a : b; }
/// The first where a is above b, else the second.
VEC_INLINE vec_f32x16 vec_choose_above(vec_f32x16 a, vec_f32x16 b, vec_f32x16 first, vec_f32x16 second) {
    return a > b ? first : second;
}
/// Four pixels of one opaque colour.
VEC_INLINE vec_f32x16 vec_splat_color(float red, float green, float blue) {
    const vec_f32x4 v = {red, green, blue, 1};
    return __builtin_shufflevector(v, v, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
}
VEC_INLINE vec_f32x16 vec_splat(float value) { return (vec_f32x16)(value); }
/// 1 / v, and 0 where v is not above 0.
VEC_INLINE vec_f32x16 vec_reciprocal_or_zero(vec_f32x16 v) {
    const vec_f32x16 zero = (vec_f32x16)(0.0f);
    return v > zero ? (vec_f32x16)(1.0f) / v : zero;
}
/// a * b + c, fused where the build can.
VEC_INLINE vec_f32x16 vec_multiply_add(vec_f32x16 a, vec_f32x16 b, vec_f32x16 c) {
#if defined(__FMA__) || defined(__aarch64__)
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}
VEC_INLINE void vec_store_f32x4(vec_f32x4 v, void *_Nonnull p) { __builtin_memcpy(p, &v, 16); }
/// The sum of the four pixels.
VEC_INLINE vec_f32x4 vec_fold(vec_f32x16 v) {
    return (v.s0123 + v.s89ab) + (v.s4567 + v.scdef);
}
/// Four such sums, in the order of the vectors.
VEC_INLINE vec_f32x16 vec_fold_four(vec_f32x16 a, vec_f32x16 b, vec_f32x16 c, vec_f32x16 d) {
    const vec_f32x16 ab = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
        + __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    const vec_f32x16 cd = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
        + __builtin_shufflevector(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    return __builtin_shufflevector(ab, cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
        + __builtin_shufflevector(ab, cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}
/// Four weights, each in the lanes of its pixel.
VEC_INLINE vec_f32x16 vec_spread_weights(const float *_Nonnull p) {
    vec_f32x4 v;
    __builtin_memcpy(&v, p, 16);
    return __builtin_shufflevector(v, v, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
}

/// The 128 entries of `vec_encode_table`, which the widest build keeps in registers.
typedef struct {
#if defined(__AVX512F__)
    __m512i part[8];
#else
    const uint32_t *_Nonnull entries;
#endif
} vec_table128;

VEC_INLINE vec_table128 vec_open_table128(const uint32_t *_Nonnull entries) {
    vec_table128 table;
#if defined(__AVX512F__)
    for (int k = 0; k < 8; k++) table.part[k] = _mm512_loadu_si512(entries + 16 * k);
#else
    table.entries = entries;
#endif
    return table;
}

/// Codes 0…255 of linear light, by `vec_encode_table`.
VEC_INLINE vec_u32x16 vec_encode_light(vec_f32x16 light, vec_table128 table) {
    const vec_f32x16 least = (vec_f32x16)(0x1p-13f), most = (vec_f32x16)(0x1.fffffep-1f);
    const vec_f32x16 clamped = vec_minx16(vec_maxx16(light, least), most);
    vec_u32x16 bits;
    __builtin_memcpy(&bits, &clamped, 64);
    const vec_u32x16 index = (bits - (114u << 23)) >> 20;
#if defined(__AVX512BW__)
    __m512i i, part[4], share;
    __builtin_memcpy(&i, &index, 64);
    for (int k = 0; k < 4; k++) part[k] = _mm512_permutex2var_epi32(table.part[2 * k], i, table.part[2 * k + 1]);
    const __mmask16 b5 = _mm512_test_epi32_mask(i, _mm512_set1_epi32(32));
    const __mmask16 b6 = _mm512_test_epi32_mask(i, _mm512_set1_epi32(64));
    const __m512i low = _mm512_mask_mov_epi32(part[0], b5, part[1]);
    const __m512i high = _mm512_mask_mov_epi32(part[2], b5, part[3]);
    const __m512i found = _mm512_mask_mov_epi32(low, b6, high);
    // Offset times 512 and slope times share of the piece are one multiplication of 16-bit pairs: none reaches 2^15.
    const vec_u32x16 factors = ((bits >> 12) & 0xFF) | (512u << 16);
    __builtin_memcpy(&share, &factors, 64);
    const __m512i sum = _mm512_madd_epi16(found, share);
    vec_u32x16 codes;
    __builtin_memcpy(&codes, &sum, 64);
    return codes >> 16;
#else
    vec_u32x16 entry;
#if defined(__AVX2__)
    __m256i i[2], e[2];
    __builtin_memcpy(i, &index, 64);
    e[0] = _mm256_i32gather_epi32((const int *)table.entries, i[0], 4);
    e[1] = _mm256_i32gather_epi32((const int *)table.entries, i[1], 4);
    __builtin_memcpy(&entry, e, 64);
#else
    for (int k = 0; k < 16; k++) entry[k] = table.entries[index[k]];
#endif
    return (((entry >> 16) << 9) + (entry & 0xFFFF) * ((bits >> 12) & 0xFF)) >> 16;
#endif
}
VEC_INLINE vec_u32x16 vec_encode_srgb(vec_f32x16 light, const uint32_t *_Nonnull table) {
    return vec_encode_light(light, vec_open_table128(table));
}

/// Codes 0…255 of a linear share 0…1, rounded to nearest; not-a-number becomes 0.
VEC_INLINE vec_u32x16 vec_encode_linear(vec_f32x16 share) {
    const vec_f32x16 clamped = vec_minx16(vec_maxx16(share, (vec_f32x16)(0.0f)), (vec_f32x16)(1.0f));
    return __builtin_convertvector(__builtin_convertvector(clamped * 255.0f + 0.5f, vec_i32x16), vec_u32x16);
}

/// Colour lanes of the first, alpha lanes of the second.
VEC_INLINE vec_u32x16 vec_codes_with_alpha(vec_u32x16 color, vec_u32x16 alpha) {
    return __builtin_shufflevector(color, alpha, 0, 1, 2, 19, 4, 5, 6, 23, 8, 9, 10, 27, 12, 13, 14, 31);
}
VEC_INLINE vec_u8x16 vec_codes_to_bytes(vec_u32x16 codes) { return __builtin_convertvector(codes, vec_u8x16); }
/// The colour bytes of four pixels in the first twelve lanes.
VEC_INLINE vec_u8x16 vec_pack_rgb16(vec_u8x16 v) {
    return __builtin_shufflevector(v, v, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
}
/// Four pixels of the first twelve lanes, alpha 255.
VEC_INLINE vec_u8x16 vec_unpack_rgb16(vec_u8x16 v) {
    v[15] = 255;
    return __builtin_shufflevector(v, v, 0, 1, 2, 15, 3, 4, 5, 15, 6, 7, 8, 15, 9, 10, 11, 15);
}

/// log2 of positive, normal lanes: exponent plus an odd series around sqrt(1/2)…sqrt(2); relative error below 1e-6.
VEC_INLINE vec_f32x16 vec_log2x16(vec_f32x16 v) {
    vec_i32x16 bits;
    __builtin_memcpy(&bits, &v, 64);
    const vec_i32x16 exponent = (bits - 0x3f3504f3) >> 23;
    const vec_i32x16 scaled = bits - (exponent << 23);
    vec_f32x16 m;
    __builtin_memcpy(&m, &scaled, 64);
    const vec_f32x16 s = (m - 1.0f) / (m + 1.0f), q = s * s;
    const vec_f32x16 series =
        s * (2.88539008f + q * (0.961796694f + q * (0.577078016f + q * (0.412198583f + q * 0.320598898f))));
    return __builtin_convertvector(exponent, vec_f32x16) + series;
}

/// 2 to the power of lanes, which are clamped to -126…126; relative error below 1e-6.
VEC_INLINE vec_f32x16 vec_exp2x16(vec_f32x16 v) {
    const vec_f32x16 clamped = vec_minx16(vec_maxx16(v, (vec_f32x16)(-126.0f)), (vec_f32x16)(126.0f));
    const vec_i32x16 whole = __builtin_convertvector(clamped + 1024.5f, vec_i32x16) - 1024;
    const vec_f32x16 f = clamped - __builtin_convertvector(whole, vec_f32x16);
    const vec_f32x16 part =
        1.0f + f * (0.693147182f + f * (0.240226507f + f * (0.0555041087f + f * (0.00961812911f
             + f * (0.00133335581f + f * 0.000154035304f)))));
    const vec_i32x16 bits = (whole + 127) << 23;
    vec_f32x16 power;
    __builtin_memcpy(&power, &bits, 64);
    return part * power;
}

VEC_INLINE vec_u32x16 vec_bytes_to_codes(vec_u8x16 v) { return __builtin_convertvector(v, vec_u32x16); }

// The free constants of Brayns' tone curve: 0.18 stays 0.18 and 6.3704 becomes 1.
static const float vec_brayns_b = 0.984799383f;
static const float vec_brayns_c = 0.601613539f;
