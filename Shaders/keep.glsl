// SPDX-License-Identifier: Apache-2.0
// How the mean of a picture is kept.

shared vec4 values[64];

vec4 total(vec4 value) {
    uint lane = gl_LocalInvocationID.x;
    values[lane] = value;
    barrier();
    for (uint half_ = 32u; half_ > 0u; half_ >>= 1) {
        if (lane < half_) values[lane] += values[lane + half_];
        barrier();
    }
    return values[0];
}

// How much of what is missing a pixel takes: by its noise, but never far more than it has.
float room(float noise, vec4 pixel) { return max(0.0, min(sqrt(noise), (pixel.r + pixel.g + pixel.b) / 3.0)); }
