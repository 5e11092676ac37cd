#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// The sum of all partial sums; one group.
#include "pass.glsl"
#include "denoise.glsl"
#include "keep.glsl"

void main() {
    uint count = (pixelCount() + 4095u) / 4096u;
    vec4 sum = vec4(0.0);
    for (uint k = gl_LocalInvocationID.x; k < count; k += 64u) {
        uint place = partials() + 4u * k;
        sum += vec4(noise[place], noise[place + 1u], noise[place + 2u], noise[place + 3u]);
    }
    sum = total(sum);
    if (gl_LocalInvocationID.x != 0u) return;
    for (uint c = 0u; c < 4u; c++) noise[totals() + 4u * order.place + c] = sum[c];
}
