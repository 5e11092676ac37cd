#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// The mean of nine variances.
#include "pass.glsl"
#include "denoise.glsl"

void main() {
    uint index = item();
    if (index >= order.items) return;
    ivec2 p = position(index);
    float sum = 0.0;
    for (int v = -1; v <= 1; v++) {
        for (int u = -1; u <= 1; u++) sum += noise[pixelAt(p + ivec2(u, v))];
    }
    noise[meanNoise() + index] = sum / 9.0;
}
