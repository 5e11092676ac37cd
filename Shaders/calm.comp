#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Dims pixels that one sample has made far brighter than all around them: `DenoiseField.calm`.
#include "pass.glsl"
#include "denoise.glsl"

const float FIREFLY_LIMIT = 4.0;

float brightness(uint pixel) { return light[pixel].r + light[pixel].g + light[pixel].b; }

void main() {
    uint index = item();
    if (index >= order.items) return;
    float mean = 3.0 * meanLight();
    float own = brightness(index);
    if (!(own > FIREFLY_LIMIT * mean)) return;
    // One of n samples alone leaves a variance of the mean's square.
    if (noise[index] >= 0.0 && noise[index] < own * own / 12.0) return;
    float most = mean;
    ivec2 p = position(index);
    for (int v = -1; v <= 1; v++) {
        for (int u = -1; u <= 1; u++) {
            if (u != 0 || v != 0) most = max(most, brightness(pixelAt(p + ivec2(u, v))));
        }
    }
    float scale = min(1.0, FIREFLY_LIMIT * most / own);
    guides[2u * index + 1u].z = scale;
    if (noise[index] > 0.0) noise[index] *= scale * scale;
}
