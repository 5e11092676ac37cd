// SPDX-License-Identifier: Apache-2.0
#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// MARK: Errors and sinks

static void on_error(png_structp png, png_const_charp message) {
    png_shim_error *error = png_get_error_ptr(png);
    snprintf(error->text, sizeof error->text, "%s", message);
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

void png_shim_buffer_free(png_shim_buffer *buffer) {
    free(buffer->data);
    memset(buffer, 0, sizeof *buffer);
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    png_shim_buffer *buffer = png_get_io_ptr(png);
    if (count > buffer->capacity - buffer->size) {
        size_t capacity = buffer->capacity < 4096 ? 4096 : buffer->capacity;
        while (capacity - buffer->size < count) {
            if (capacity > SIZE_MAX / 2) png_error(png, "the file is too large");
            capacity *= 2;
        }
        uint8_t *data = realloc(buffer->data, capacity);
        if (data == NULL) png_error(png, "no memory for the file");
        buffer->data = data;
        buffer->capacity = capacity;
    }
    memcpy(buffer->data + buffer->size, bytes, count);
    buffer->size += count;
}

static void flush_nothing(png_structp png) { (void)png; }

typedef struct {
    const uint8_t *bytes;
    size_t left;
} byte_source;

static void read_bytes(png_structp png, png_bytep target, size_t count) {
    byte_source *source = png_get_io_ptr(png);
    if (count > source->left) png_error(png, "the file ends too early");
    memcpy(target, source->bytes, count);
    source->bytes += count;
    source->left -= count;
}

// MARK: Decoding

/// Chunks that are passed over unread, so that nothing in them can be made to unfold.
static const png_byte passed_over[] =
    "tEXt\0zTXt\0iTXt\0iCCP\0sPLT\0eXIf\0hIST\0pCAL\0sCAL\0tIME\0bKGD\0cHRM\0oFFs\0pHYs\0sBIT\0sRGB\0gAMA";

static void set_transforms(png_structp png, png_infop info) {
    if (png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) {
        png_set_expand_gray_1_2_4_to_8(png);
    }
    if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (png_get_bit_depth(png, info) == 16) png_set_swap(png);
#endif
}

int png_shim_decode(const uint8_t *bytes, size_t size, uint32_t width, uint32_t height, int channels, int bits,
                    uint8_t *pixels, size_t stride, png_shim_error *error) {
    byte_source source = {bytes, size};
    error->text[0] = 0;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, error, on_error, on_warning);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        snprintf(error->text, sizeof error->text, "no memory for the decoder");
        return -1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return -1;
    }
    png_set_read_fn(png, &source, read_bytes);
    png_set_user_limits(png, width, height);
    png_set_chunk_cache_max(png, 16);
    png_set_chunk_malloc_max(png, 1 << 20);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, passed_over, (int)(sizeof passed_over / 5));
    png_read_info(png, info);
    set_transforms(png, info);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
        png_get_channels(png, info) != channels || png_get_bit_depth(png, info) != bits ||
        png_get_rowbytes(png, info) > stride) {
        png_error(png, "the header contradicts the chunks after it");
    }
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + (size_t)y * stride, NULL);
    }
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}

// MARK: Encoding

static void describe(png_structp png, png_infop info, const png_shim_description *description) {
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(png, info, description->width, description->height, description->bits, description->color_type,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (description->writes_srgb) png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    if (description->pixels_per_metre > 0) {
        png_set_pHYs(png, info, description->pixels_per_metre, description->pixels_per_metre, PNG_RESOLUTION_METER);
    }
    if (description->color_type == PNG_COLOR_TYPE_PALETTE && description->palette != NULL) {
        png_color colors[256];
        png_byte alphas[256];
        int opaque_from = 0;
        for (int i = 0; i < description->palette_count && i < 256; i++) {
            const uint8_t *entry = description->palette + 4 * i;
            colors[i] = (png_color){entry[0], entry[1], entry[2]};
            alphas[i] = entry[3];
            if (entry[3] != 255) opaque_from = i + 1;
        }
        png_set_PLTE(png, info, colors, description->palette_count);
        if (opaque_from > 0) png_set_tRNS(png, info, alphas, opaque_from, NULL);
    }
    for (int i = 0; i < description->text_count; i++) {
        const png_shim_text *entry = &description->texts[i];
        png_text text;
        memset(&text, 0, sizeof text);
        text.compression = entry->is_international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
        text.key = (png_charp)entry->keyword;
        text.text = (png_charp)entry->text;
        text.text_length = entry->is_international ? 0 : strlen(entry->text);
        text.itxt_length = entry->is_international ? strlen(entry->text) : 0;
        png_set_text(png, info, &text, 1);
    }
}

int png_shim_write_head(const png_shim_description *description, png_shim_buffer *out, png_shim_error *error) {
    error->text[0] = 0;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, error, on_error, on_warning);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_write_struct(&png, NULL);
        snprintf(error->text, sizeof error->text, "no memory for the encoder");
        return -1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return -1;
    }
    png_set_write_fn(png, out, write_bytes, flush_nothing);
    describe(png, info, description);
    png_write_info(png, info);
    png_destroy_write_struct(&png, &info);
    return 0;
}
