// SPDX-License-Identifier: Apache-2.0
// What the passes of the denoiser share: planes of a whole frame, as `DenoiseField` in Sources/ImageCore has them.
// `light` is the noisy colour, `sums` the clean one.

// What a renderer knows of each pixel as it was sent, three floats a pixel, plane after plane: albedo, normal, both over
// more samples, variance; those that are there.
layout(std430, binding = 5) readonly buffer Planes { float planes[]; };
// Two vectors a pixel: albedo and the first of the normal, then the rest of it; of `fine` its noise too, and of `guides`
// what is left of the pixel's light once fireflies are calm.
layout(std430, binding = 6) buffer Guides { vec4 guides[]; };
layout(std430, binding = 7) buffer Fine { vec4 fine[]; };
layout(std430, binding = 8) buffer Clean { vec4 clean[]; };
// A plane of variance as it is known, one of its means over nine pixels, and sums.
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

uint pixelCount() { return order.width * order.height; }

// Places in `noise`.
uint meanNoise() { return pixelCount(); }
// Two totals of four, then the partial sums.
uint totals() { return 2u * pixelCount(); }
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

// A pixel's light without what makes it a firefly.
vec3 calmLight(uint pixel) { return light[pixel].rgb * guides[2u * pixel + 1u].z; }

// The mean of colour where there is coverage.
float meanLight() { return noise[totals()] / 3.0 / max(noise[totals() + 1u], 1e-9); }

// How alike two pixels are by a part of a patch: squares of their differences, less what noise makes of them.
float distance_(float squares, float here, float there, float share, float least) {
    return (squares - (here + min(here, there))) / ((here + there) * share + least);
}

// The weight of a neighbour by the sum of nine distances.
float weight(float sum) { return exp2(clamp(sum * (-1.442695 / 9.0), -100.0, 0.0)); }
