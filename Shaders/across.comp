#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// The second half of a resize, background and samples: four target pixels an item.
#include "pass.glsl"
#include "color.glsl"
#include "write.glsl"

vec4 pixel(uint index) {
    uint x = index % order.targetWidth;
    uint window = order.columnWindows + 3u * x;
    uint place = index / order.targetWidth * order.width + numbers[window];
    uint count = numbers[window + 1u];
    uint weights = numbers[window + 2u];
    vec4 sum = vec4(0.0);
    for (uint k = 0u; k < count; k++) sum += sums[place + k] * number(weights + k);
    return finished(sum);
}

void main() {
    uint index = item();
    if (4u * index >= order.items) return;
    uint last = order.items - 1u;
    uint first = 4u * index;
    // The band begins at a multiple of four pixels; the picture's end is filled up with its last pixel.
    writeFour(
        order.targetRow * order.targetWidth / 4u + index, pixel(first), pixel(min(first + 1u, last)),
        pixel(min(first + 2u, last)), pixel(min(first + 3u, last)));
}
