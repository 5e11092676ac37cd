// SPDX-License-Identifier: Apache-2.0
// RGBA floats as samples of any format, as `RowWriter` in Sources/ImageCore writes them.

// The pixel as the target stores it, before samples are rounded; grey is in the red lane.
vec4 storable(vec4 value) {
    uint alpha = alphaKind(order.targetFormat);
    bool changes = isLinear(order.targetFormat) != asks(MIXES_LIGHT);
    bool isMultiplied = asks(MULTIPLIES);
    if (isMultiplied && (alpha != PREMULTIPLIED || changes)) {
        value.rgb *= reciprocalOrZero(value.a);
        isMultiplied = false;
    }
    // Equal channels are kept to the last bit.
    if (channels(order.targetFormat) < 3u && (value.r != value.g || value.g != value.b)) {
        value.r = dot(vec3(0.2126, 0.7152, 0.0722), value.rgb);
    }
    if (changes) value.rgb = asks(MIXES_LIGHT) ? sRGBEncoded(value.rgb) : sRGBLight(value.rgb);
    if (!isMultiplied && alpha == PREMULTIPLIED) value.rgb *= value.a;
    return value;
}

// Rounded to nearest; what is no number becomes 0.
uint code(float value, float most) { return value > 0.0 ? uint(min(value, 1.0) * most + 0.5) : 0u; }

uint bytes(vec4 value) {
    return code(value.r, 255.0) | code(value.g, 255.0) << 8 | code(value.b, 255.0) << 16 | code(value.a, 255.0) << 24;
}

float lane(vec4 value, uint channel) {
    uint count = channels(order.targetFormat);
    if (channel + 1u == count && alphaKind(order.targetFormat) != OPAQUE) return value.a;
    return channel == 0u ? value.r : channel == 1u ? value.g : value.b;
}

// Four pixels fill whole words in every format; `group` counts fours of the picture.
void writeFour(uint group, vec4 first, vec4 second, vec4 third, vec4 fourth) {
    uint count = channels(order.targetFormat);
    uint kind = sampleKind(order.targetFormat);
    if (kind == UINT8 && count == 4u) {
        uint place = order.place + 4u * group;
        result[place] = bytes(first);
        result[place + 1u] = bytes(second);
        result[place + 2u] = bytes(third);
        result[place + 3u] = bytes(fourth);
        return;
    }
    if (kind == UINT8 && count == 3u) {
        uint place = order.place + 3u * group;
        uvec4 words = uvec4(bytes(first), bytes(second), bytes(third), bytes(fourth)) & 0xFFFFFFu;
        result[place] = words.x | words.y << 24;
        result[place + 1u] = words.y >> 8 | words.z << 16;
        result[place + 2u] = words.z >> 16 | words.w << 8;
        return;
    }
    vec4 pixels[4] = vec4[4](first, second, third, fourth);
    uint perWord = kind == UINT8 ? 4u : kind == UINT16 ? 2u : 1u;
    uint words = 4u * count / perWord;
    for (uint w = 0u; w < words; w++) {
        uint word = 0u;
        for (uint k = 0u; k < perWord; k++) {
            uint place = w * perWord + k;
            float value = lane(pixels[place / count], place % count);
            if (kind == FLOAT32) word = floatBitsToUint(value);
            else if (kind == UINT16) word |= code(value, 65535.0) << (16u * k);
            else word |= code(value, 255.0) << (8u * k);
        }
        result[order.place + words * group + w] = word;
    }
}

// The finished pixel: over the background, where there is one.
vec4 finished(vec4 value) {
    if (asks(HAS_BACKGROUND)) {
        value += vec4(order.backgroundRed, order.backgroundGreen, order.backgroundBlue, 1.0) * (1.0 - value.a);
    }
    return storable(value);
}
