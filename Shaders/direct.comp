#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// A picture in its own size from samples to samples: four pixels an item.
#include "pass.glsl"
#include "color.glsl"
#include "read.glsl"
#include "write.glsl"

void main() {
    uint index = item();
    if (4u * index >= order.items) return;
    uint last = order.items - 1u;
    uint first = 4u * index;
    writeFour(
        index, finished(readPixel(first)), finished(readPixel(min(first + 1u, last))),
        finished(readPixel(min(first + 2u, last))), finished(readPixel(min(first + 3u, last))));
}
