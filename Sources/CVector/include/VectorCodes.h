// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "VectorBytes.h"

// What filtered rows cost as Huffman codes, and those codes side by side.

typedef uint64_t vec_u64x8 __attribute__((ext_vector_type(8)));

VEC_INLINE vec_u64x8 vec_zero64x8(void) { return (vec_u64x8)(0); }
VEC_INLINE uint64_t vec_sum64x8(vec_u64x8 v) { return __builtin_reduce_add(v); }

/// Sixteen entries once in each quarter of a vector, as `vec_lookup16` takes them.
VEC_INLINE vec_u8x64 vec_repeat16(const uint8_t *_Nonnull table) {
    vec_u8x64 v;
    for (int i = 0; i < 4; i++) __builtin_memcpy((uint8_t *)&v + 16 * i, table, 16);
    return v;
}

/// Entries by index, 0…15.
VEC_INLINE vec_u8x64 vec_lookup16(vec_u8x64 index, vec_u8x64 table) {
#if defined(__AVX512BW__)
    __m512i i, t;
    __builtin_memcpy(&i, &index, 64);
    __builtin_memcpy(&t, &table, 64);
    i = _mm512_shuffle_epi8(t, i);
    __builtin_memcpy(&index, &i, 64);
#elif defined(__AVX2__)
    __m256i i[2], t;
    __builtin_memcpy(i, &index, 64);
    __builtin_memcpy(&t, &table, 32);
    for (int k = 0; k < 2; k++) i[k] = _mm256_shuffle_epi8(t, i[k]);
    __builtin_memcpy(&index, i, 64);
#else
    uint8_t i[64], t[16];
    __builtin_memcpy(i, &index, 64);
    __builtin_memcpy(t, &table, 16);
    for (int k = 0; k < 64; k++) i[k] = t[i[k] & 15];
    __builtin_memcpy(&index, i, 64);
#endif
    return index;
}

/// Sums of each eight lanes.
VEC_INLINE vec_u64x8 vec_sums_of_eight(vec_u8x64 v) {
    vec_u64x8 sums;
#if defined(__AVX512BW__)
    __m512i m;
    __builtin_memcpy(&m, &v, 64);
    m = _mm512_sad_epu8(m, _mm512_setzero_si512());
    __builtin_memcpy(&sums, &m, 64);
#elif defined(__AVX2__)
    __m256i m[2];
    __builtin_memcpy(m, &v, 64);
    for (int i = 0; i < 2; i++) m[i] = _mm256_sad_epu8(m[i], _mm256_setzero_si256());
    __builtin_memcpy(&sums, m, 64);
#elif defined(__SSE2__)
    __m128i m[4];
    __builtin_memcpy(m, &v, 64);
    for (int i = 0; i < 4; i++) m[i] = _mm_sad_epu8(m[i], _mm_setzero_si128());
    __builtin_memcpy(&sums, m, 64);
#else
    for (int i = 0; i < 8; i++) {
        uint64_t sum = 0;
        for (int k = 0; k < 8; k++) sum += v[8 * i + k];
        sums[i] = sum;
    }
#endif
    return sums;
}

/// Adds what the lanes cost: `small` by magnitude below 16, `large` by sixteenths of it above. Eight zeros cost nothing.
VEC_INLINE vec_u64x8 vec_add_costs(vec_u64x8 total, vec_u8x64 v, vec_u8x64 small, vec_u8x64 large) {
    const vec_u8x64 magnitude = vec_magnitude8(v);
    const vec_u8x64 high = magnitude >> 4;
    const vec_u8x64 below = vec_lookup16(magnitude & 15, small), above = vec_lookup16(high, large);
    const vec_u64x8 sums = vec_sums_of_eight(high == 0 ? below : above);
    vec_u64x8 groups;
    __builtin_memcpy(&groups, &v, 64);
    return total + (groups != 0 ? sums : vec_zero64x8());
}

/// Whether all four vectors are the same.
VEC_INLINE _Bool vec_are_equal64(vec_u8x64 a, vec_u8x64 b, vec_u8x64 c, vec_u8x64 d) {
    return vec_is_zero64((a ^ b) | (a ^ c) | (a ^ d));
}

/// A bit for each group of eight lanes that are all zero.
VEC_INLINE uint32_t vec_zero_groups(vec_u8x64 v) {
#if defined(__AVX512F__)
    __m512i m;
    __builtin_memcpy(&m, &v, 64);
    return (uint32_t)_mm512_testn_epi64_mask(m, m);
#else
    uint64_t groups[8];
    __builtin_memcpy(groups, &v, 64);
    uint32_t zeros = 0;
    for (int i = 0; i < 8; i++) zeros |= (uint32_t)(groups[i] == 0) << i;
    return zeros;
#endif
}

/// Whether this build can look up 64 codes at once.
VEC_INLINE _Bool vec_packs_codes(void) {
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    return 1;
#else
    return 0;
#endif
}

/// The codes of 64 bytes as 16 numbers of four codes each and, in `lengths`, their counts of bits; or, when no eight
/// bytes take more than 64 bits, as numbers of eight codes in every other place. Returns how many codes a number has.
///
/// `codes` has 256 entries: a code's length in the high 4 bits, its last 12 bits below. Longer codes, of up to 14 bits,
/// begin with ones.
VEC_INLINE int64_t vec_pack_codes(vec_u8x64 bytes, const uint16_t *_Nonnull codes, uint64_t *_Nonnull packed,
                                  uint64_t *_Nonnull lengths) {
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    __m512i table[8], four[2], four_length[2], eight[2], eight_length[2];
    __m256i parts[2];
    __builtin_memcpy(parts, &bytes, 64);
    for (int i = 0; i < 8; i++) table[i] = _mm512_loadu_si512(codes + 32 * i);
    for (int half = 0; half < 2; half++) {
        const __m512i index = _mm512_cvtepu8_epi16(parts[half]);
        const __mmask32 bit6 = _mm512_test_epi16_mask(index, _mm512_set1_epi16(0x40));
        const __mmask32 bit7 = _mm512_test_epi16_mask(index, _mm512_set1_epi16(0x80));
        const __m512i a = _mm512_permutex2var_epi16(table[0], index, table[1]);
        const __m512i b = _mm512_permutex2var_epi16(table[2], index, table[3]);
        const __m512i c = _mm512_permutex2var_epi16(table[4], index, table[5]);
        const __m512i d = _mm512_permutex2var_epi16(table[6], index, table[7]);
        const __m512i entry = _mm512_mask_blend_epi16(bit7, _mm512_mask_blend_epi16(bit6, a, b),
                                                      _mm512_mask_blend_epi16(bit6, c, d));
        const __m512i length = _mm512_srli_epi16(entry, 12), one = _mm512_set1_epi16(1);
        const __m512i leading = _mm512_subs_epu16(length, _mm512_set1_epi16(12));
        const __m512i last = _mm512_and_si512(entry, _mm512_set1_epi16(0x0FFF));
        const __m512i code = _mm512_sub_epi16(_mm512_sllv_epi16(_mm512_add_epi16(last, one), leading), one);
        const __m512i low16 = _mm512_set1_epi32(0xFFFF), low32 = _mm512_set1_epi64(0xFFFFFFFF);
        const __m512i even = _mm512_and_si512(length, low16);
        const __m512i two = _mm512_or_si512(_mm512_and_si512(code, low16),
                                            _mm512_sllv_epi32(_mm512_srli_epi32(code, 16), even));
        const __m512i two_length = _mm512_add_epi32(even, _mm512_srli_epi32(length, 16));
        const __m512i low_length = _mm512_and_si512(two_length, low32);
        four[half] = _mm512_or_si512(_mm512_and_si512(two, low32),
                                     _mm512_sllv_epi64(_mm512_srli_epi64(two, 32), low_length));
        four_length[half] = _mm512_add_epi64(low_length, _mm512_srli_epi64(two_length, 32));
        eight[half] = _mm512_or_si512(
            four[half], _mm512_sllv_epi64(_mm512_unpackhi_epi64(four[half], four[half]), four_length[half]));
        eight_length[half] =
            _mm512_add_epi64(four_length[half], _mm512_unpackhi_epi64(four_length[half], four_length[half]));
    }
    const __m512i most = _mm512_max_epu64(eight_length[0], eight_length[1]);
    const _Bool fits = _mm512_mask_cmpgt_epu64_mask(0x55, most, _mm512_set1_epi64(64)) == 0;
    for (int half = 0; half < 2; half++) {
        _mm512_storeu_si512(packed + 8 * half, fits ? eight[half] : four[half]);
        _mm512_storeu_si512(lengths + 8 * half, fits ? eight_length[half] : four_length[half]);
    }
    return fits ? 8 : 4;
#else
    for (int group = 0; group < 16; group++) {
        uint64_t bits = 0, held = 0;
        for (int i = 0; i < 4; i++) {
            const uint16_t entry = codes[bytes[4 * group + i]];
            const int length = entry >> 12, leading = length > 12 ? length - 12 : 0;
            bits |= (uint64_t)((((entry & 0x0FFF) + 1) << leading) - 1) << held;
            held += (uint64_t)length;
        }
        packed[group] = bits;
        lengths[group] = held;
    }
    return 4;
#endif
}
