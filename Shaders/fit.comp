#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Colour as a first-order function of guides and place, fitted to neighbours that look alike and told at the clean
// guides: `DenoiseFilter.fitColor`.
#include "pass.glsl"
#include "denoise.glsl"

const int GUIDES = 6;
// The guides, two places, and one, last.
const int BASIS = 9;
const int ROW = BASIS + 4;

float likeness(ivec2 p, ivec2 q, float least) {
    float sum = 0.0;
    for (int v = -1; v <= 1; v++) {
        for (int u = -1; u <= 1; u++) {
            uint a = pixelAt(p + ivec2(u, v));
            uint b = pixelAt(q + ivec2(u, v));
            sum += distance_(
                squared(calmLight(a) - calmLight(b)), noise[meanNoise() + a], noise[meanNoise() + b],
                order.strength * order.strength, least);
        }
    }
    return weight(sum);
}

void main() {
    uint index = item();
    if (index >= order.items) return;
    vec4 own = vec4(calmLight(index), light[index].a);
    // Colour without noise stays, unless samples that it does not have show what it has missed.
    bool isShown = (order.guides & HAS_FINE) != 0u && fine[2u * index + 1u].z > 0.0;
    if (noise[meanNoise() + index] == 0.0 && !isShown) {
        sums[index] = own;
        return;
    }
    ivec2 p = position(index);
    float mean = meanLight();
    float least = 3e-3 * mean * mean + 1e-20;
    vec4 cleanFirst = clean[2u * index];
    vec2 cleanSecond = clean[2u * index + 1u].xy;
    // Products of the basis with itself, from the diagonal on, and with colours.
    float moments[BASIS * ROW];
    for (int i = 0; i < BASIS * ROW; i++) moments[i] = 0.0;
    for (int v = -RADIUS; v <= RADIUS; v++) {
        for (int u = -RADIUS; u <= RADIUS; u++) {
            ivec2 q = p + ivec2(u, v);
            if (!isInside(q)) continue;
            float w = likeness(p, q, least);
            uint other = pixelAt(q);
            vec4 first = guides[2u * other] - cleanFirst;
            vec2 second = guides[2u * other + 1u].xy - cleanSecond;
            vec4 color = vec4(calmLight(other), light[other].a);
            float values[ROW] = float[ROW](
                first.x, first.y, first.z, first.w, second.x, second.y, float(u) / float(RADIUS),
                float(v) / float(RADIUS), 1.0, color.r, color.g, color.b, color.a);
            for (int i = 0; i < BASIS; i++) {
                float scaled = w * values[i];
                for (int j = i; j < ROW; j++) moments[ROW * i + j] += scaled * values[j];
            }
        }
    }
    // Cholesky's decomposition; the constant's coefficients come out last.
    float total = moments[ROW * BASIS - 5];
    for (int i = 0; i < BASIS; i++) {
        if (i < BASIS - 1) moments[ROW * i + i] += total * (i < GUIDES ? 1e-3 : 1e-2);
        float scale = 1.0 / max(moments[ROW * i + i], total * 1e-9 + 1e-30);
        for (int j = i + 1; j < BASIS; j++) {
            float factor = moments[ROW * i + j] * scale;
            for (int k = j; k < ROW; k++) moments[ROW * j + k] -= factor * moments[ROW * i + k];
        }
    }
    int last = ROW * (BASIS - 1) + BASIS - 1;
    vec4 fitted = vec4(moments[last + 1], moments[last + 2], moments[last + 3], moments[last + 4])
        / max(moments[last], 1e-30);
    // A fit may leave the range that coverage and light have; what came with negative light keeps it.
    fitted = max(fitted, min(vec4(0.0), own));
    fitted.a = min(fitted.a, max(1.0, own.a));
    sums[index] = fitted;
}
