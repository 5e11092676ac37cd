#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// How far neighbours spread tells how far samples do: the noise of guides, and of colour where it is not known.
#include "pass.glsl"
#include "denoise.glsl"

// The sum of variances of nine values from the sums of their differences from the middle and of those squared.
float variances(vec3 sum, vec3 squares) {
    vec3 mean = sum / 9.0;
    return dot(max(squares / 9.0 - mean * mean, vec3(0.0)), vec3(1.0));
}

void main() {
    uint index = item();
    if (index >= order.items) return;
    ivec2 p = position(index);
    vec3 color = calmLight(index);
    vec4 albedo = fine[2u * index];
    vec2 normal = fine[2u * index + 1u].xy;
    vec3 sums_[3] = vec3[3](vec3(0.0), vec3(0.0), vec3(0.0));
    vec3 squares[3] = sums_;
    for (int v = -1; v <= 1; v++) {
        for (int u = -1; u <= 1; u++) {
            uint other = pixelAt(p + ivec2(u, v));
            vec3 colors = calmLight(other) - color;
            vec4 albedos = fine[2u * other] - albedo;
            vec3 normals = vec3(albedos.w, fine[2u * other + 1u].xy - normal);
            sums_[0] += colors;
            sums_[1] += albedos.xyz;
            sums_[2] += normals;
            squares[0] += colors * colors;
            squares[1] += albedos.xyz * albedos.xyz;
            squares[2] += normals * normals;
        }
    }
    fine[2u * index + 1u].z = order.guideShare * (variances(sums_[1], squares[1]) + variances(sums_[2], squares[2]));
    if (noise[index] < 0.0) noise[index] = variances(sums_[0], squares[0]);
}
