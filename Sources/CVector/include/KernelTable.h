// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

/// One window of a resample pass along x.
typedef struct {
    /// First source pixel.
    int64_t first;
    /// Where the window's weights begin.
    int64_t weights;
} vec_window;

/// What a scan over RGBA bytes found.
typedef struct {
    /// Sums of the channels.
    uint64_t sum[4];
    uint8_t least[4];
    uint8_t most[4];
    /// Pixels whose alpha is not 0.
    int64_t visible;
    /// Those of them that are not background, and the range of their channels.
    int64_t foreground;
    uint8_t least_foreground[4];
    uint8_t most_foreground[4];
} vec_statistics;

/// How far bytes are apart.
typedef struct {
    uint64_t squared;
    uint64_t absolute;
    /// Pixels with any difference.
    int64_t pixels;
    uint8_t largest;
} vec_difference;

/// Part of a picture in planes of floats, with enough room around it to read neighbours.
typedef struct {
    /// The part's first sample in the first plane.
    const float *first;
    /// Floats from plane to plane, and from row to row.
    int64_t plane;
    int64_t row;
    /// Columns, a multiple of 16, and rows.
    int64_t width;
    int64_t rows;
} vec_field;

/// What a regression fits colour to, and how.
typedef struct {
    /// Six planes of guides over the samples that the colour has, six of cleaner ones, four of colour.
    const float *noisy;
    const float *clean;
    const float *color;
    int64_t plane;
    int64_t row;
    /// Neighbours: how many floats away each is, and its place along x and y from -1 to 1.
    int64_t count;
    const int64_t *offsets;
    const float *places;
    /// What is added to the matrix' diagonal for guides and places, as a share of the sum of weights.
    float guide_ridge;
    float place_ridge;
} vec_regression;

/// One build of the kernels. Counts are of pixels unless said otherwise; memory needs no alignment, and source and
/// target may be the same unless they differ in pixel size.
typedef struct {
    /// 1 baseline, 3 x86-64-v3, 4 x86-64-v4; 0 the plain twins.
    int32_t level;

    /// Bytes to floats; `table` has the values of the 256 codes, without one 255 becomes 1. Alpha is divided by 255.
    void (*linearize_rgba8)(const uint8_t *source, float *target, int64_t count, const float *table,
                            int32_t premultiplies);
    void (*linearize_rgb8)(const uint8_t *source, float *target, int64_t count, const float *table);
    /// Floats to bytes. `table` is that of `vec_encode_table`, from light to sRGB; without one 1 becomes 255.
    /// Not-a-number becomes 0.
    void (*encode_rgba8)(const float *source, uint8_t *target, int64_t count, const uint32_t *table,
                         int32_t unpremultiplies);
    void (*encode_rgb8)(const float *source, uint8_t *target, int64_t count, const uint32_t *table);
    /// Exposure and curve (0 none, 1 Brayns, 2 filmic, 3 Reinhard) on RGBA floats in place.
    void (*develop)(float *pixels, int64_t count, float exposure, int32_t curve, int32_t is_premultiplied);
    /// `develop` and `encode_rgba8` of premultiplied pixels in one pass.
    void (*develop_rgba8)(const float *source, uint8_t *target, int64_t count, float exposure, int32_t curve,
                          const uint32_t *table);

    /// Where `streams` stands, whole cache lines of the target are written past the caches: right for one that is
    /// larger than they are.
    void (*premultiply_rgba8)(const uint8_t *source, uint8_t *target, int64_t count, int32_t streams);
    void (*unpremultiply_rgba8)(const uint8_t *source, uint8_t *target, int64_t count);
    void (*premultiply_float)(const float *source, float *target, int64_t count);
    void (*unpremultiply_float)(const float *source, float *target, int64_t count);
    /// Premultiplied top over what the target holds.
    void (*over_float)(const float *top, float *target, int64_t count);
    /// Straight 8-bit pixels over others, straight again. `linear` has the light of the 256 codes and `codes` is
    /// `vec_encode_table`; without them the stored values are mixed. Clear pixels leave what lies below as it is.
    void (*over_straight8)(const uint8_t *top, const uint8_t *bottom, uint8_t *target, int64_t count,
                           const float *linear, const uint32_t *codes);
    /// Premultiplied 8-bit pixels over others, by their stored values.
    void (*over_premultiplied8)(const uint8_t *top, const uint8_t *bottom, uint8_t *target, int64_t count,
                                int32_t streams);
    /// Premultiplied pixels over one opaque colour, in place.
    void (*over_color)(float *pixels, int64_t count, float red, float green, float blue);

    void (*drop_alpha8)(const uint8_t *source, uint8_t *target, int64_t count, int32_t streams);
    void (*add_alpha8)(const uint8_t *source, uint8_t *target, int64_t count, int32_t streams);
    void (*swap_red_blue8)(const uint8_t *source, uint8_t *target, int64_t count, int32_t streams);

    /// One row of RGBA floats along x: `count` windows of `taps` weights, a multiple of four.
    void (*resample_row)(const float *source, float *target, int64_t count, const vec_window *windows,
                         const float *weights, int64_t taps);
    /// The sum of `rows` weighted rows of `samples` floats, `stride` floats apart; added to the target, or in its place.
    void (*resample_column)(const float *source, int64_t stride, const float *weights, int64_t rows, float *target,
                            int64_t samples, int32_t adds);
    /// Looks at RGBA bytes; background is what lies between two pixels in all channels, both included.
    void (*scan_rgba8)(const uint8_t *source, int64_t count, const uint8_t *low, const uint8_t *high,
                       vec_statistics *found);
    /// Compares RGBA bytes.
    void (*difference_rgba8)(const uint8_t *a, const uint8_t *b, int64_t count, vec_difference *found);

    /// PNG filter 0…4 over `bytes` bytes; `prior` is the row above, zeros for the first.
    void (*filter_row)(int32_t filter, const uint8_t *row, const uint8_t *prior, uint8_t *target, int64_t bytes,
                       int32_t pixel_bytes);
    /// The PNG filter whose bytes have the least cost, the lower one among equals. `costs` has 16 for magnitudes
    /// 0…15 of bytes taken as signed, then 9 for sixteenths of larger ones and 7 that do not count. Eight zeros in a
    /// row, counted from the second pixel on, cost nothing. Of each `step` times 64 bytes from there on the first 64
    /// are looked at.
    int32_t (*choose_filter)(const uint8_t *row, const uint8_t *prior, int64_t bytes, int32_t pixel_bytes,
                             const uint8_t *costs, int32_t step);
    /// Undoes a PNG filter 0…4: `filtered` becomes `row`, which may be the same memory; `prior` is the row above.
    void (*unfilter_row)(int32_t filter, const uint8_t *filtered, uint8_t *row, const uint8_t *prior, int64_t bytes,
                         int32_t pixel_bytes);
    /// Undoes the Paeth filter of two rows, one below the other, faster than one after the other.
    void (*unfilter_paeth_pair)(const uint8_t *first, const uint8_t *second, uint8_t *row, uint8_t *next,
                                const uint8_t *prior, int64_t bytes, int32_t pixel_bytes);
    /// Counts deflate symbols of filtered rows (see the kernel) into four tables of 288.
    void (*count_tokens)(const uint8_t *bytes, int64_t count, uint32_t *counts, const uint16_t *length_symbols);
    /// Writes them; `pending` holds left-over bits, their count in the high 8. Returns the bytes written.
    int64_t (*emit_tokens)(const uint8_t *bytes, int64_t count, const uint32_t *codes, uint8_t *target,
                           uint32_t *pending);

    /// How far the nine samples around each one spread in all planes: the sum of their variances. The target's rows lie
    /// as far apart as the field's.
    void (*spread)(const vec_field *field, int64_t planes, float *target);
    /// How alike the 3x3 samples around each place are to those `offset` floats away: exp(-d), where d is the mean of
    /// (squared difference - noise) / (`least` + both variances times `share`); times the mask there. The target is
    /// `width` floats a row. Scratch holds (rows + 2) * (width + 16) floats.
    void (*patch_weights)(const vec_field *field, int64_t planes, const float *variance, const float *mask,
                          int64_t offset, float share, float least, float *scratch, float *target);
    /// Adds the samples `offset` floats away times weights to sums, and the weights to the last sum. Weights and sums
    /// are `width` floats a row, sums rows times width apart.
    void (*add_weighted)(const vec_field *field, int64_t planes, const float *weights, int64_t offset, float *sums);
    /// For each of `columns` pixels, a multiple of 16, the four colours that a first-order fit over weighted neighbours
    /// has at the clean guides. A neighbour's weights lie `step` floats after those of the one before, and so do the
    /// target's planes.
    void (*regress)(const vec_regression *fit, const float *weights, int64_t step, int64_t columns, float *target);
} vec_kernel_table;
