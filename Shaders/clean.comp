#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Means of guides over neighbours whose guides look alike: `DenoiseFilter.cleanGuides`.
#include "pass.glsl"
#include "denoise.glsl"

float likeness(ivec2 p, ivec2 q, float least) {
    float sum = 0.0;
    for (int v = -1; v <= 1; v++) {
        for (int u = -1; u <= 1; u++) {
            uint a = 2u * pixelAt(p + ivec2(u, v));
            uint b = 2u * pixelAt(q + ivec2(u, v));
            vec4 first = fine[a] - fine[b];
            vec4 here = fine[a + 1u];
            vec4 there = fine[b + 1u];
            vec2 second = here.xy - there.xy;
            sum += distance_(dot(first, first) + dot(second, second), here.z, there.z, 0.5, least);
        }
    }
    return weight(sum);
}

void main() {
    uint index = item();
    if (index >= order.items) return;
    if (fine[2u * index + 1u].z == 0.0) {
        clean[2u * index] = fine[2u * index];
        clean[2u * index + 1u] = fine[2u * index + 1u];
        return;
    }
    ivec2 p = position(index);
    vec4 first = vec4(0.0);
    vec2 second = vec2(0.0);
    float total = 0.0;
    for (int v = -RADIUS; v <= RADIUS; v++) {
        for (int u = -RADIUS; u <= RADIUS; u++) {
            ivec2 q = p + ivec2(u, v);
            if (!isInside(q)) continue;
            float w = likeness(p, q, order.guideLeast);
            uint other = 2u * pixelAt(q);
            first += fine[other] * w;
            second += fine[other + 1u].xy * w;
            total += w;
        }
    }
    float scale = 1.0 / max(total, 1e-30);
    clean[2u * index] = first * scale;
    clean[2u * index + 1u] = vec4(second * scale, 0.0, 0.0);
}
