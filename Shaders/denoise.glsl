// SPDX-License-Identifier: Apache-2.0
// What the passes of the denoiser share: planes of a whole frame, as `DenoiseField` in Sources/ImageCore has them.
// `light` is the noisy colour, `sums` the clean one.

// What a renderer knows of each pixel as it was sent, three floats a pixel, plane after plane: albedo, normal, both over
// more samples, variance; those that are there.
layout(std430, binding = 5) readonly buffer Planes { float planes[]; };
// Two vectors a pixel: albedo and the first of the normal, then the rest of it (and, of `fine`, its noise).
layout(std430, binding = 6) buffer Guides { vec4 guides[]; };
layout(std430, binding = 7) buffer Fine { vec4 fine[]; };
layout(std430, binding = 8) buffer Clean { vec4 clean[]; };
// A plane of variance as it is known, one of its means over nine pixels, flags of tiles, and partial sums.
layout(std430, binding = 9) buffer Noise { float noise[]; };

const uint HAS_ALBEDO = 1u;
const uint HAS_NORMAL = 2u;
const uint HAS_FINE_ALBEDO = 4u;
const uint HAS_FINE_NORMAL = 8u;
const uint HAS_VARIANCE = 16u;
// Whether planes of more samples stand beside the others.
const uint HAS_FINE = 32u;

// How far neighbours are.
const int RADIUS = 5;
// A tile without noise stays as it is.
const uint TILE_WIDTH = 64u;
const uint TILE_ROWS = 16u;

uint pixelCount() { return order.width * order.height; }
uint tilesAcross() { return (order.width + TILE_WIDTH - 1u) / TILE_WIDTH; }
uint tileCount() { return tilesAcross() * ((order.height + TILE_ROWS - 1u) / TILE_ROWS); }
uint tile(uint pixel) { return pixel / order.width / TILE_ROWS * tilesAcross() + pixel % order.width / TILE_WIDTH; }

// Places in `noise`.
uint meanNoise() { return pixelCount(); }
uint colorFlags() { return 2u * pixelCount(); }
uint fineFlags() { return colorFlags() + tileCount(); }
// Two totals of four, then the partial sums.
uint totals() { return fineFlags() + tileCount(); }
uint partials() { return totals() + 8u; }

ivec2 position(uint pixel) { return ivec2(int(pixel % order.width), int(pixel / order.width)); }

bool isInside(ivec2 p) {
    return p.x >= 0 && p.y >= 0 && p.x < int(order.width) && p.y < int(order.height);
}

// The pixel at a place; beyond the edge the edge goes on.
uint pixelAt(ivec2 p) {
    ivec2 inside = clamp(p, ivec2(0), ivec2(int(order.width), int(order.height)) - 1);
    return uint(inside.y) * order.width + uint(inside.x);
}

float squared(vec3 v) { return dot(v, v); }

// How alike two pixels are by a part of a patch: squares of their differences, less what noise makes of them.
float distance_(float squares, float here, float there, float share, float least) {
    return (squares - (here + min(here, there))) / ((here + there) * share + least);
}

// The weight of a neighbour by the sum of nine distances.
float weight(float sum) { return exp2(clamp(sum * (-1.442695 / 9.0), -100.0, 0.0)); }
