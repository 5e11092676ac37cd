#version 450
#extension GL_GOOGLE_include_directive : require
// SPDX-License-Identifier: Apache-2.0
// What `StatisticsScan` in Sources/ImageCore gathers: every group looks at 4096 pixels and leaves 24 words.
#include "pass.glsl"
#include "color.glsl"
#include "read.glsl"

const uint PIXELS = 64u;
const uint WORDS = 24u;
// A little above 1/255, for rounding.
const float TOLERANCE = 1.01 / 255.0;

shared vec4 values[64];
shared uvec3 counts[64];

// Only bits tell what is no number whatever a compiler assumes of floats.
uvec4 broken(vec4 value) { return uvec4(equal(floatBitsToUint(value) & 0x7F800000u, uvec4(0x7F800000u))); }

vec4 reduced(vec4 value, int how) {
    uint lane = gl_LocalInvocationID.x;
    values[lane] = value;
    barrier();
    for (uint half_ = 32u; half_ > 0u; half_ >>= 1) {
        if (lane < half_) {
            vec4 other = values[lane + half_];
            values[lane] = how < 0 ? min(values[lane], other) : how > 0 ? max(values[lane], other) : values[lane] + other;
        }
        barrier();
    }
    vec4 whole = values[0];
    barrier();
    return whole;
}

uvec3 total(uvec3 value) {
    uint lane = gl_LocalInvocationID.x;
    counts[lane] = value;
    barrier();
    for (uint half_ = 32u; half_ > 0u; half_ >>= 1) {
        if (lane < half_) counts[lane] += counts[lane + half_];
        barrier();
    }
    return counts[0];
}

bool isBackground(vec4 pixel) {
    if (!asks(HAS_BACKGROUND)) return false;
    vec4 background = vec4(order.backgroundRed, order.backgroundGreen, order.backgroundBlue, order.backgroundAlpha);
    return all(lessThanEqual(abs(pixel - background), vec4(TOLERANCE)));
}

void store(uint place, vec4 value) {
    for (uint c = 0u; c < 4u; c++) result[place + c] = floatBitsToUint(value[c]);
}

void main() {
    uint group = gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x;
    vec4 none = vec4(uintBitsToFloat(0x7F800000u));
    vec4 least = none, most = -none, leastColor = none, mostColor = -none, sum = vec4(0.0);
    // Broken samples, pixels of the foreground, visible pixels.
    uvec3 found = uvec3(0u);
    for (uint k = 0u; k < PIXELS; k++) {
        uint index = (group * PIXELS + k) * 64u + gl_LocalInvocationID.x;
        if (index >= order.items) break;
        vec4 pixel = storedPixel(index);
        uvec4 bad = broken(pixel);
        if (any(notEqual(bad, uvec4(0u)))) {
            found.x += bad.x + bad.y + bad.z + bad.w;
            continue;
        }
        sum += pixel;
        least = min(least, pixel);
        most = max(most, pixel);
        if (!(pixel.a > 0.0)) continue;
        found.z++;
        if (isBackground(pixel)) continue;
        found.y++;
        vec4 color = alphaKind(order.sourceFormat) == PREMULTIPLIED ? pixel / pixel.a : pixel;
        leastColor = min(leastColor, color);
        mostColor = max(mostColor, color);
    }
    least = reduced(least, -1);
    most = reduced(most, 1);
    leastColor = reduced(leastColor, -1);
    mostColor = reduced(mostColor, 1);
    sum = reduced(sum, 0);
    found = total(found);
    if (gl_LocalInvocationID.x != 0u || group * PIXELS * 64u >= order.items) return;
    uint place = order.place + group * WORDS;
    store(place, least);
    store(place + 4u, most);
    store(place + 8u, leastColor);
    store(place + 12u, mostColor);
    store(place + 16u, sum);
    for (uint c = 0u; c < 3u; c++) result[place + 20u + c] = found[c];
}
