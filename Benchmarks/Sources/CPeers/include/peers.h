// SPDX-License-Identifier: Apache-2.0
// The C libraries that Darkroom is measured against, each used as its documentation says and no worse.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// Bytes that a call leaves behind; kept from call to call, so that no peer pays for a fresh heap each time.
struct peers_buffer {
    uint8_t *_Nullable data;
    size_t size;
    size_t capacity;
};

void peers_buffer_free(struct peers_buffer *buffer);

/// libpng and zlib: 8-bit pixels, tightly packed, 1 to 4 channels.
///
/// `filters` is a set of PNG_FILTER_… or -1 for libpng's own choice; `strategy` one of zlib's or -1.
/// Returns 0, or -1 where libpng refuses.
int peers_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int level, int filters,
                     int strategy, struct peers_buffer *out);

/// Decodes into `width * height * channels` bytes. Returns 0, or -1 where libpng refuses.
int peers_png_decode(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, int channels,
                     uint8_t *pixels);

/// The filter set of sub alone, whose macro Swift does not see.
int peers_png_filter_sub(void);

/// libjpeg-turbo through TurboJPEG: RGB, tightly packed, 4:2:0 unless `full_color`.
struct peers_jpeg;
struct peers_jpeg *_Nullable peers_jpeg_new(void);
void peers_jpeg_free(struct peers_jpeg *jpeg);
int peers_jpeg_encode(struct peers_jpeg *jpeg, const uint8_t *rgb, int width, int height, int quality, int full_color,
                      struct peers_buffer *out);
int peers_jpeg_decode(struct peers_jpeg *jpeg, const uint8_t *bytes, size_t count, int width, int height,
                      uint8_t *rgb);

/// Which of stb's resizers was built in: "stb_image_resize2", "stb_image_resize" or "".
const char *peers_stb_name(void);

/// stb's resize of 8-bit RGBA with straight alpha, mixed premultiplied, with its filter closest to Lanczos3
/// (Mitchell). Returns 0 when it failed or is not built in.
int peers_stb_resize(const uint8_t *source, int width, int height, uint8_t *target, int target_width,
                     int target_height, int linear_light);

/// A bare Embree loop: primary rays over triangles, packets of 16, coherent, tiles over threads, nothing shaded.
struct peers_rays;
struct peers_rays *_Nullable peers_rays_new(const float *positions, size_t vertices, const uint32_t *indices,
                                            size_t triangles, int threads);
void peers_rays_free(struct peers_rays *rays);

/// A pinhole: the ray of pixel (x, y) runs along `corner + (x + 0.5) * right + (y + 0.5) * down`.
struct peers_camera {
    float origin[3];
    float corner[3];
    float right[3];
    float down[3];
};

/// Traces one ray a pixel and returns how many hit.
uint64_t peers_rays_trace(struct peers_rays *rays, const struct peers_camera *camera, int width, int height);

/// Calls of malloc and its kin in this process so far, from all threads, and the bytes that they asked for.
uint64_t peers_heap_calls(void);
uint64_t peers_heap_bytes(void);

/// Gives freed memory back to the system.
void peers_heap_trim(void);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
