#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Samples of a band of source rows into premultiplied floats, developed where that is asked for.
#include "pass.glsl"
#include "color.glsl"
#include "read.glsl"

void main() {
    uint index = item();
    if (index >= order.items) return;
    light[index] = readPixel(order.firstRow * order.width + index);
}
