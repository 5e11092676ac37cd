// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#if __has_include(<stb_image_resize2.h>)
#define PEERS_STB 2
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <stb_image_resize2.h>
#pragma clang diagnostic pop
#elif __has_include(<stb/stb_image_resize.h>)
#define PEERS_STB 1
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <stb/stb_image_resize.h>
#pragma clang diagnostic pop
#else
#define PEERS_STB 0
#endif

const char *peers_stb_name(void) {
    static const char *const names[] = {"", "stb_image_resize", "stb_image_resize2"};
    return names[PEERS_STB];
}

int peers_stb_resize(const uint8_t *source, int width, int height, uint8_t *target, int target_width,
                     int target_height, int linear_light) {
#if PEERS_STB == 2
    STBIR_RESIZE resize;
    stbir_resize_init(&resize, source, width, height, 0, target, target_width, target_height, 0, STBIR_RGBA,
                      linear_light ? STBIR_TYPE_UINT8_SRGB : STBIR_TYPE_UINT8);
    stbir_set_filters(&resize, STBIR_FILTER_MITCHELL, STBIR_FILTER_MITCHELL);
    return stbir_resize_extended(&resize);
#elif PEERS_STB == 1
    return stbir_resize_uint8_generic(source, width, height, 0, target, target_width, target_height, 0, 4, 3, 0,
                                      STBIR_EDGE_CLAMP, STBIR_FILTER_MITCHELL,
                                      linear_light ? STBIR_COLORSPACE_SRGB : STBIR_COLORSPACE_LINEAR, NULL);
#else
    (void)source, (void)width, (void)height, (void)target, (void)target_width, (void)target_height,
        (void)linear_light;
    return 0;
#endif
}
