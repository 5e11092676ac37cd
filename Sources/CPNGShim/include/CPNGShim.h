// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

// libpng reports errors by longjmp, which must never cross a Swift frame. Each function here is one whole
// operation with its own setjmp; it returns 0, or -1 with a text in `error`.

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef struct {
    char text[160];
} png_shim_error;

/// Bytes that grow; to be given back to `png_shim_buffer_free`.
typedef struct {
    uint8_t *_Nullable data;
    size_t size;
    size_t capacity;
} png_shim_buffer;

void png_shim_buffer_free(png_shim_buffer *buffer);

/// Decodes pixels into memory that the caller has sized after reading the header.
///
/// Palettes and bits below 8 are expanded, tRNS becomes alpha, 16 bits come out in the machine's byte order.
/// `channels` and `bits` (8 or 16) say what the caller expects; a file that decodes to something else is an error.
int png_shim_decode(const uint8_t *bytes, size_t size, uint32_t width, uint32_t height, int channels, int bits,
                    uint8_t *pixels, size_t stride, png_shim_error *error);

/// A text entry; `is_international` chooses iTXt (UTF-8) over tEXt (Latin-1). Both strings end in NUL.
typedef struct {
    const char *keyword;
    const char *text;
    int is_international;
} png_shim_text;

typedef struct {
    uint32_t width;
    uint32_t height;
    int bits;
    /// A PNG colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.
    int color_type;
    /// RGBA entries of the palette, for colour type 3.
    const uint8_t *_Nullable palette;
    int palette_count;
    const png_shim_text *_Nullable texts;
    int text_count;
    int writes_srgb;
    /// For pHYs; 0 leaves it out.
    uint32_t pixels_per_metre;
} png_shim_description;

/// Writes signature, header and ancillary chunks: everything ahead of the first IDAT.
int png_shim_write_head(const png_shim_description *description, png_shim_buffer *out, png_shim_error *error);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
