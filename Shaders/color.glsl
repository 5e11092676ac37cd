// SPDX-License-Identifier: Apache-2.0
// Transfer functions and tone curves, as `SRGB` and `ToneMapping` in Sources/ImageCore have them.

float power(float base, float exponent) { return exp2(log2(base) * exponent); }

float sRGBLight(float encoded) {
    if (encoded > 0.04045) return power((encoded + 0.055) / 1.055, 2.4);
    return encoded > 0.0 ? encoded / 12.92 : 0.0;
}

float sRGBEncoded(float light) {
    if (light > 0.0031308) return 1.055 * power(light, 1.0 / 2.4) - 0.055;
    return light > 0.0 ? light * 12.92 : 0.0;
}

vec3 sRGBLight(vec3 color) { return vec3(sRGBLight(color.r), sRGBLight(color.g), sRGBLight(color.b)); }
vec3 sRGBEncoded(vec3 color) { return vec3(sRGBEncoded(color.r), sRGBEncoded(color.g), sRGBEncoded(color.b)); }

// x^a / (x^(a d) b + c), raised to 1 / 2.2: the stored value that Brayns gives light.
float braynsEncoded(float light) {
    float power = log2(max(light, 8.67361738e-19)) * 1.1759;
    float toned = exp2(power) / (exp2(power * 0.9746) * 0.984799383 + 0.601613539);
    return exp2(log2(max(toned, 8.67361738e-19)) / 2.2);
}

float toned(float light) {
    switch (order.curve) {
    case 1: return sRGBLight(braynsEncoded(light));
    case 2: return min(light * (light * 2.51 + 0.03) / (light * (light * 2.43 + 0.59) + 0.14), 1.0);
    case 3: return light / (light + 1.0);
    default: return light;
    }
}

// Light that is no number is none; the largest keeps quotients finite.
float developed(float light) {
    float exposed = light * order.exposure;
    return toned(exposed > 0.0 ? min(exposed, 1.15292150e18) : 0.0);
}

// Exposure and curve, which work on straight colour.
vec4 developed(vec4 pixel) {
    float scale = reciprocalOrZero(pixel.a);
    return vec4(vec3(developed(pixel.r * scale), developed(pixel.g * scale), developed(pixel.b * scale)) * pixel.a, pixel.a);
}
