#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Puts light that was lost or won back to where the noise is; then exposure and curve.
#include "pass.glsl"
#include "denoise.glsl"
#include "keep.glsl"
#include "color.glsl"

void main() {
    uint index = item();
    if (index >= order.items) return;
    vec4 value = sums[index];
    vec4 missing = vec4(noise[totals() + 4u], noise[totals() + 5u], noise[totals() + 6u], noise[totals() + 7u]);
    if (missing.w > 0.0) value.rgb += missing.rgb / missing.w * room(noise[meanNoise() + index], value);
    light[index] = asks(DEVELOPS) ? developed(value) : value;
}
