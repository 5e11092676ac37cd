// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#include <embree3/rtcore.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct peers_rays {
    RTCDevice device;
    RTCScene scene;
    int threads;
};

struct peers_rays *peers_rays_new(const float *positions, size_t vertices, const uint32_t *indices, size_t triangles,
                                  int threads) {
    struct peers_rays *rays = calloc(1, sizeof *rays);
    if (!rays) return NULL;
    rays->threads = threads < 1 ? 1 : threads > 64 ? 64 : threads;
    rays->device = rtcNewDevice(NULL);
    if (!rays->device) {
        free(rays);
        return NULL;
    }
    rays->scene = rtcNewScene(rays->device);
    RTCGeometry geometry = rtcNewGeometry(rays->device, RTC_GEOMETRY_TYPE_TRIANGLE);
    void *v = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, 12, vertices);
    void *i = rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 12, triangles);
    if (!v || !i) {
        rtcReleaseGeometry(geometry);
        peers_rays_free(rays);
        return NULL;
    }
    memcpy(v, positions, vertices * 12);
    memcpy(i, indices, triangles * 12);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(rays->scene, geometry);
    rtcReleaseGeometry(geometry);
    rtcCommitScene(rays->scene);
    return rays;
}

void peers_rays_free(struct peers_rays *rays) {
    rtcReleaseScene(rays->scene);
    rtcReleaseDevice(rays->device);
    free(rays);
}

enum { TILE = 32 };

struct frame {
    struct peers_rays *rays;
    const struct peers_camera *camera;
    int width, height;
    _Atomic int next;
    _Atomic uint64_t hits;
};

/// A packet of 4x4 pixels.
static unsigned packet(struct frame *frame, struct RTCIntersectContext *context, int x0, int y0) {
    _Alignas(64) struct RTCRayHit16 rays;
    _Alignas(64) int valid[16];
    const struct peers_camera *c = frame->camera;
    for (int i = 0; i < 16; i++) {
        float x = (float)(x0 + (i & 3)) + 0.5f, y = (float)(y0 + (i >> 2)) + 0.5f;
        valid[i] = x0 + (i & 3) < frame->width && y0 + (i >> 2) < frame->height ? -1 : 0;
        rays.ray.org_x[i] = c->origin[0];
        rays.ray.org_y[i] = c->origin[1];
        rays.ray.org_z[i] = c->origin[2];
        rays.ray.dir_x[i] = c->corner[0] + x * c->right[0] + y * c->down[0];
        rays.ray.dir_y[i] = c->corner[1] + x * c->right[1] + y * c->down[1];
        rays.ray.dir_z[i] = c->corner[2] + x * c->right[2] + y * c->down[2];
        rays.ray.tnear[i] = 0;
        rays.ray.tfar[i] = __builtin_inff();
        rays.ray.time[i] = 0;
        rays.ray.mask[i] = ~0u;
        rays.ray.id[i] = (unsigned)i;
        rays.ray.flags[i] = 0;
        rays.hit.geomID[i] = RTC_INVALID_GEOMETRY_ID;
        rays.hit.instID[0][i] = RTC_INVALID_GEOMETRY_ID;
    }
    rtcIntersect16(valid, frame->rays->scene, context, &rays);
    unsigned hits = 0;
    for (int i = 0; i < 16; i++) hits += valid[i] && rays.hit.geomID[i] != RTC_INVALID_GEOMETRY_ID;
    return hits;
}

static void *work(void *argument) {
    struct frame *frame = argument;
#if defined(__x86_64__)
    unsigned mode = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr(mode | 0x8040);
#endif
    struct RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
    int columns = (frame->width + TILE - 1) / TILE, rows = (frame->height + TILE - 1) / TILE;
    uint64_t hits = 0;
    for (int tile; (tile = atomic_fetch_add(&frame->next, 1)) < columns * rows;) {
        int left = tile % columns * TILE, top = tile / columns * TILE;
        for (int y = top; y < top + TILE && y < frame->height; y += 4)
            for (int x = left; x < left + TILE && x < frame->width; x += 4) hits += packet(frame, &context, x, y);
    }
    atomic_fetch_add(&frame->hits, hits);
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr(mode);
#endif
    return NULL;
}

uint64_t peers_rays_trace(struct peers_rays *rays, const struct peers_camera *camera, int width, int height) {
    struct frame frame = {.rays = rays, .camera = camera, .width = width, .height = height};
    pthread_t threads[64];
    int started = 0;
    for (; started < rays->threads - 1; started++)
        if (pthread_create(&threads[started], NULL, work, &frame)) break;
    work(&frame);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    return atomic_load(&frame.hits);
}
