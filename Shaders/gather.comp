#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Partial sums over 4096 pixels a group: of light and coverage, or of light that was lost and the room for it.
#include "pass.glsl"
#include "denoise.glsl"
#include "keep.glsl"

void main() {
    uint group = gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x;
    vec4 sum = vec4(0.0);
    for (uint k = 0u; k < 64u; k++) {
        uint index = (group * 64u + k) * 64u + gl_LocalInvocationID.x;
        if (index >= order.items) break;
        vec4 own = light[index];
        sum += order.place == 0u
            ? vec4(own.r + own.g + own.b, own.a, 0.0, 0.0)
            : vec4(own.rgb - sums[index].rgb, room(noise[meanNoise() + index], sums[index]));
    }
    sum = total(sum);
    if (gl_LocalInvocationID.x != 0u || group * 4096u >= order.items) return;
    for (uint c = 0u; c < 4u; c++) noise[partials() + 4u * group + c] = sum[c];
}
