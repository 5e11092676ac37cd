// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

void peers_buffer_free(struct peers_buffer *buffer) {
    free(buffer->data);
    *buffer = (struct peers_buffer){0};
}

int peers_png_filter_sub(void) { return PNG_FILTER_SUB; }

static void append(png_structp png, png_bytep bytes, size_t count) {
    struct peers_buffer *out = png_get_io_ptr(png);
    if (out->size + count > out->capacity) {
        size_t capacity = 2 * (out->size + count);
        uint8_t *data = realloc(out->data, capacity);
        if (!data) png_error(png, "out of memory");
        out->data = data;
        out->capacity = capacity;
    }
    memcpy(out->data + out->size, bytes, count);
    out->size += count;
}

static void nothing(png_structp png) { (void)png; }

static int color_type(int channels) {
    static const int types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                PNG_COLOR_TYPE_RGB_ALPHA};
    return types[channels - 1];
}

int peers_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int level, int filters,
                     int strategy, struct peers_buffer *out) {
    out->size = 0;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    if (!png) return -1;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return -1;
    }
    png_set_write_fn(png, out, append, nothing);
    png_set_IHDR(png, info, width, height, 8, color_type(channels), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, level);
    if (filters >= 0) png_set_filter(png, PNG_FILTER_TYPE_BASE, filters);
    if (strategy >= 0) png_set_compression_strategy(png, strategy);
    png_write_info(png, info);
    for (uint32_t y = 0; y < height; y++) png_write_row(png, pixels + (size_t)y * width * (size_t)channels);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return 0;
}

struct source {
    const uint8_t *bytes;
    size_t left;
};

static void take(png_structp png, png_bytep bytes, size_t count) {
    struct source *source = png_get_io_ptr(png);
    if (count > source->left) png_error(png, "the file ends early");
    memcpy(bytes, source->bytes, count);
    source->bytes += count;
    source->left -= count;
}

int peers_png_decode(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, int channels,
                     uint8_t *pixels) {
    struct source source = {bytes, count};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    if (!png) return -1;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return -1;
    }
    png_set_read_fn(png, &source, take);
    png_read_info(png, info);
    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
        png_get_channels(png, info) != channels || png_get_bit_depth(png, info) != 8)
        png_error(png, "another picture than was announced");
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + (size_t)y * width * (size_t)channels, NULL);
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}
