// SPDX-License-Identifier: Apache-2.0
// Samples of any format as RGBA floats, as `RowReader` and `PieceReader` in Sources/ImageCore read them.

uint byteAt(uint place) { return (source[place >> 2] >> ((place & 3u) * 8u)) & 255u; }

float sampleAt(uint place) {
    switch (sampleKind(order.sourceFormat)) {
    case UINT8: return float(byteAt(place)) / 255.0;
    case UINT16: return float((source[place >> 1] >> ((place & 1u) * 16u)) & 65535u) / 65535.0;
    default: return uintBitsToFloat(source[place]);
    }
}

// A pixel as it is stored; grey in all three colours, alpha 1 where there is none.
vec4 storedPixel(uint pixel) {
    uint step = channels(order.sourceFormat);
    uint first = pixel * step;
    float red = sampleAt(first);
    vec3 color = step < 3u ? vec3(red) : vec3(red, sampleAt(first + 1u), sampleAt(first + 2u));
    return vec4(color, alphaKind(order.sourceFormat) == OPAQUE ? 1.0 : sampleAt(first + step - 1u));
}

// A pixel in the space where pixels are mixed.
vec4 mixablePixel(uint pixel) {
    vec4 value = storedPixel(pixel);
    uint alpha = alphaKind(order.sourceFormat);
    bool isMultiplied = alpha == PREMULTIPLIED;
    if (isLinear(order.sourceFormat) != asks(MIXES_LIGHT)) {
        if (isMultiplied) value.rgb *= reciprocalOrZero(value.a);
        isMultiplied = false;
        value.rgb = asks(MIXES_LIGHT) ? sRGBLight(value.rgb) : sRGBEncoded(value.rgb);
    }
    if (alpha != OPAQUE && isMultiplied != asks(MULTIPLIES)) {
        value.rgb *= asks(MULTIPLIES) ? value.a : reciprocalOrZero(value.a);
    }
    return value;
}

// Light of a pixel that Brayns drew over clear black, its curve undone: premultiplied, and developed already.
vec4 braynsPixel(uint pixel) {
    uint step = channels(order.sourceFormat);
    uint first = pixel * step;
    uint alpha = step == 4u ? byteAt(first + 3u) : 255u;
    if (alpha == 0u) return vec4(0.0);
    uint table = alpha == 255u ? BRAYNS_DEVELOPED : BRAYNS_LIGHT;
    vec3 color = vec3(
        number(table + byteAt(first)), number(table + byteAt(first + 1u)), number(table + byteAt(first + 2u)));
    if (alpha == 255u) return vec4(color, 1.0);
    vec4 value = vec4(color, float(alpha) / 255.0);
    return developed(value);
}

// What the next pass gets of a source pixel.
vec4 readPixel(uint pixel) {
    if (asks(FROM_LIGHT)) return light[pixel];
    if (asks(BRAYNS_FRAME)) return braynsPixel(pixel);
    vec4 value = mixablePixel(pixel);
    return asks(DEVELOPS) ? developed(value) : value;
}
