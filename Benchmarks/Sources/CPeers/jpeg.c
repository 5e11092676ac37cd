// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#include <stdlib.h>
#include <turbojpeg.h>

struct peers_jpeg {
    tjhandle encoder;
    tjhandle decoder;
};

struct peers_jpeg *peers_jpeg_new(void) {
    struct peers_jpeg *jpeg = calloc(1, sizeof *jpeg);
    if (!jpeg) return NULL;
    jpeg->encoder = tjInitCompress();
    jpeg->decoder = tjInitDecompress();
    if (jpeg->encoder && jpeg->decoder) return jpeg;
    peers_jpeg_free(jpeg);
    return NULL;
}

void peers_jpeg_free(struct peers_jpeg *jpeg) {
    if (jpeg->encoder) tjDestroy(jpeg->encoder);
    if (jpeg->decoder) tjDestroy(jpeg->decoder);
    free(jpeg);
}

int peers_jpeg_encode(struct peers_jpeg *jpeg, const uint8_t *rgb, int width, int height, int quality, int full_color,
                      struct peers_buffer *out) {
    int sampling = full_color ? TJSAMP_444 : TJSAMP_420;
    size_t most = tjBufSize(width, height, sampling);
    if (out->capacity < most) {
        uint8_t *data = realloc(out->data, most);
        if (!data) return -1;
        out->data = data;
        out->capacity = most;
    }
    unsigned long size = out->capacity;
    int status = tjCompress2(jpeg->encoder, rgb, width, 0, height, TJPF_RGB, &out->data, &size, sampling, quality,
                             TJFLAG_NOREALLOC);
    out->size = size;
    return status;
}

int peers_jpeg_decode(struct peers_jpeg *jpeg, const uint8_t *bytes, size_t count, int width, int height,
                      uint8_t *rgb) {
    return tjDecompress2(jpeg->decoder, bytes, count, rgb, width, 0, height, TJPF_RGB, 0);
}
