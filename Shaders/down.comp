#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// The first half of a resize: every target row as a weighted sum of source rows.
#include "pass.glsl"

void main() {
    uint index = item();
    if (index >= order.items) return;
    uint x = index % order.width;
    uint window = order.rowWindows + 3u * (order.targetRow + index / order.width);
    uint place = (numbers[window] - order.firstRow) * order.width + x;
    uint count = numbers[window + 1u];
    uint weights = numbers[window + 2u];
    vec4 sum = vec4(0.0);
    for (uint k = 0u; k < count; k++) sum += light[place + k * order.width] * number(weights + k);
    sums[index] = sum;
}
