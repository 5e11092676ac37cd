// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "KernelTable.h"
#include "VectorColor.h"

// Written here because clang keeps small arrays of vectors in registers once loops over them are unrolled, and Swift has
// no such arrays.

enum {
    VEC_GUIDES = 6,
    /// The guides, two places and one: a constant, last, so that its coefficient falls out of the substitution first.
    VEC_BASIS = 9,
    VEC_COLORS = 4,
    /// Products of the basis with itself and with colours, row after row.
    VEC_MOMENTS = VEC_BASIS * (VEC_BASIS + 1) / 2 + VEC_BASIS * VEC_COLORS
};

/// Where a row of moments begins: those with the basis from `row` on, then those with the colours.
#define VEC_ROW(row) ((row) * (VEC_BASIS + VEC_COLORS) - (row) * ((row) - 1) / 2)

/// Sums the moments of the rows from `first` up to `last` over all neighbours.
VEC_INLINE void vec_sum_moments(const vec_regression *_Nonnull fit, const float *_Nonnull weights, int64_t step,
                                int64_t x, const int first, const int last, vec_f32x16 *_Nonnull moments) {
    vec_f32x16 sums[VEC_MOMENTS];
    vec_f32x16 clean[VEC_GUIDES];
#pragma unroll
    for (int i = VEC_ROW(first); i < VEC_ROW(last); i++) sums[i] = vec_splat(0);
#pragma unroll
    for (int i = first; i < VEC_GUIDES; i++) clean[i] = vec_load_f32x16(fit->clean + i * fit->plane + x);
    for (int64_t k = 0; k < fit->count; k++) {
        const int64_t place = x + fit->offsets[k];
        const vec_f32x16 weight = vec_load_f32x16(weights + k * step + x);
        vec_f32x16 basis[VEC_BASIS];
#pragma unroll
        for (int i = first; i < VEC_GUIDES; i++)
            basis[i] = vec_load_f32x16(fit->noisy + i * fit->plane + place) - clean[i];
        basis[VEC_GUIDES] = vec_splat(fit->places[2 * k]);
        basis[VEC_GUIDES + 1] = vec_splat(fit->places[2 * k + 1]);
        basis[VEC_GUIDES + 2] = vec_splat(1);
        vec_f32x16 color[VEC_COLORS];
#pragma unroll
        for (int c = 0; c < VEC_COLORS; c++) color[c] = vec_load_f32x16(fit->color + c * fit->plane + place);
#pragma unroll
        for (int i = first; i < last; i++) {
            const vec_f32x16 scaled = i == VEC_BASIS - 1 ? weight : weight * basis[i];
#pragma unroll
            for (int j = i; j < VEC_BASIS - 1; j++) {
                const int at = VEC_ROW(i) + j - i;
                sums[at] = vec_multiply_add(scaled, basis[j], sums[at]);
            }
            const int one = VEC_ROW(i) + VEC_BASIS - 1 - i;
            sums[one] += scaled;
#pragma unroll
            for (int c = 0; c < VEC_COLORS; c++) sums[one + 1 + c] = vec_multiply_add(scaled, color[c], sums[one + 1 + c]);
        }
    }
#pragma unroll
    for (int i = VEC_ROW(first); i < VEC_ROW(last); i++) moments[i] = sums[i];
}

/// The constant's coefficient for each colour, by Cholesky's decomposition.
VEC_INLINE void vec_solve_moments(const vec_regression *_Nonnull fit, vec_f32x16 *_Nonnull moments, int64_t step,
                                  float *_Nonnull target) {
    const vec_f32x16 total = moments[VEC_ROW(VEC_BASIS - 1)];
    for (int i = 0; i < VEC_BASIS; i++) {
        vec_f32x16 *const row = moments + VEC_ROW(i);
        if (i < VEC_BASIS - 1) row[0] += total * (i < VEC_GUIDES ? fit->guide_ridge : fit->place_ridge);
        const vec_f32x16 pivot = vec_maxx16(row[0], total * 1e-9f + vec_splat(1e-30f));
        const vec_f32x16 scale = vec_splat(1) / pivot;
        // What is left of the rows below once this one is taken out.
        for (int j = i + 1; j < VEC_BASIS; j++) {
            const vec_f32x16 factor = row[j - i] * scale;
            vec_f32x16 *const below = moments + VEC_ROW(j);
            for (int k = j; k < VEC_BASIS + VEC_COLORS; k++) below[k - j] -= factor * row[k - i];
        }
    }
    const vec_f32x16 *const last = moments + VEC_ROW(VEC_BASIS - 1);
    const vec_f32x16 scale = vec_splat(1) / vec_maxx16(last[0], vec_splat(1e-30f));
    for (int c = 0; c < VEC_COLORS; c++) vec_store_f32x16(last[1 + c] * scale, target + c * step);
}

/// Sixteen pixels, in parts whose sums fit into the registers.
VEC_INLINE void vec_regress16(const vec_regression *_Nonnull fit, const float *_Nonnull weights, int64_t step,
                              int64_t x, float *_Nonnull target) {
    vec_f32x16 moments[VEC_MOMENTS];
    vec_sum_moments(fit, weights, step, x, 0, 2, moments);
    vec_sum_moments(fit, weights, step, x, 2, 4, moments);
    vec_sum_moments(fit, weights, step, x, 4, 7, moments);
    vec_sum_moments(fit, weights, step, x, 7, 9, moments);
    vec_solve_moments(fit, moments, step, target + x);
}
