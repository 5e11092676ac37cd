#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// Takes in a frame and what is known of it: `DenoiseField.init`. What is not finite is zero.
#include "pass.glsl"
#include "denoise.glsl"

// More light than any scene holds; its square is still a float.
const float LARGEST = 1e16;

bool isNumber(float value) { return (floatBitsToUint(value) & 0x7F800000u) != 0x7F800000u; }
float cleaned(float value) { return isNumber(value) && abs(value) <= LARGEST ? value : 0.0; }
vec3 cleaned(vec3 v) { return vec3(cleaned(v.x), cleaned(v.y), cleaned(v.z)); }

// Three floats of a plane; zero where it is not there.
vec3 plane(uint which, uint pixel) {
    if ((order.guides & which) == 0u) return vec3(0.0);
    uint place = 3u * (uint(bitCount(order.guides & (which - 1u))) * pixelCount() + pixel);
    return vec3(planes[place], planes[place + 1u], planes[place + 2u]);
}

// The sum of a pixel's variances, -1 where they are not known.
float variance(uint pixel) {
    vec3 v = plane(HAS_VARIANCE, pixel);
    if ((order.guides & HAS_VARIANCE) == 0u || !isNumber(v.x) || !isNumber(v.y) || !isNumber(v.z)) return -1.0;
    float sum = v.x + v.y + v.z;
    return v.x >= 0.0 && v.y >= 0.0 && v.z >= 0.0 && sum <= LARGEST * LARGEST ? sum : -1.0;
}

void main() {
    uint index = item();
    if (index >= order.items) return;
    vec4 color = light[index];
    light[index] = vec4(cleaned(color.rgb), cleaned(color.a));
    // Normals span twice the range of colours.
    vec3 albedo = cleaned(plane(HAS_ALBEDO, index));
    vec3 normal = cleaned(plane(HAS_NORMAL, index)) * 0.5;
    guides[2u * index] = vec4(albedo, normal.x);
    guides[2u * index + 1u] = vec4(normal.yz, 1.0, 0.0);
    if ((order.guides & HAS_FINE) != 0u) {
        albedo = cleaned(plane(HAS_FINE_ALBEDO, index));
        normal = cleaned(plane(HAS_FINE_NORMAL, index)) * 0.5;
    }
    fine[2u * index] = vec4(albedo, normal.x);
    fine[2u * index + 1u] = vec4(normal.yz, 0.0, 0.0);
    noise[index] = variance(index);
}
