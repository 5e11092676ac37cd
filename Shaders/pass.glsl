// SPDX-License-Identifier: Apache-2.0
// What all passes over a picture share: the buffers of a frame and what one pass is told. `PassOrder` in
// Sources/Compute lays the same numbers in the same order.

layout(local_size_x = 64) in;

// Samples as the picture holds them, tightly packed.
layout(std430, binding = 0) readonly buffer Source { uint source[]; };
// Premultiplied RGBA of a band of source rows.
layout(std430, binding = 1) buffer Light { vec4 light[]; };
// A band of target rows, as wide as the source.
layout(std430, binding = 2) buffer Sums { vec4 sums[]; };
// Tables, windows and weights.
layout(std430, binding = 3) readonly buffer Numbers { uint numbers[]; };
// Finished samples of all outputs, tightly packed, and what statistics found.
layout(std430, binding = 4) buffer Result { uint result[]; };

layout(push_constant) uniform Order {
    // How many items the pass has; one invocation does one.
    uint items;
    // Columns of the source and of the target.
    uint width;
    uint targetWidth;
    // First source row of the band in `light`.
    uint firstRow;
    // First target row of the band in `sums`.
    uint targetRow;
    // Formats: channels, then from bit 3 sample, 5 linear, 6 alpha.
    uint sourceFormat;
    uint targetFormat;
    // See the constants below.
    uint way;
    int curve;
    float exposure;
    float backgroundRed;
    float backgroundGreen;
    float backgroundBlue;
    float backgroundAlpha;
    // Places in `numbers`: three (first, count, weights) for every row and for every column.
    uint rowWindows;
    uint columnWindows;
    // Place in `result`, in words; in passes that sum, which sum.
    uint place;
    // Of the denoiser: rows of the source, planes that are there, how much noise counts, and how much guides have.
    uint height;
    uint guides;
    float strength;
    float guideShare;
    float guideLeast;
} order;

const uint MIXES_LIGHT = 1u;      // values that are mixed are linear
const uint MULTIPLIES = 2u;       // and multiplied by alpha
const uint DEVELOPS = 4u;         // exposure and curve
const uint HAS_BACKGROUND = 8u;
const uint BRAYNS_FRAME = 16u;    // codes are of Brayns' curve
const uint FROM_LIGHT = 32u;      // pixels are in `light`, finished but for background and samples

bool asks(uint what) { return (order.way & what) != 0u; }

// The item of this invocation; groups lie in two dimensions, for one may have no more than 65535.
uint item() {
    return (gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x) * gl_WorkGroupSize.x + gl_LocalInvocationID.x;
}

uint channels(uint format) { return format & 7u; }
uint sampleKind(uint format) { return (format >> 3) & 3u; }
bool isLinear(uint format) { return ((format >> 5) & 1u) != 0u; }
uint alphaKind(uint format) { return (format >> 6) & 3u; }

const uint UINT8 = 0u;
const uint UINT16 = 1u;
const uint FLOAT32 = 2u;
const uint OPAQUE = 0u;
const uint STRAIGHT = 1u;
const uint PREMULTIPLIED = 2u;

// Places of tables in `numbers`: light of Brayns' codes, and the same developed anew.
const uint BRAYNS_LIGHT = 0u;
const uint BRAYNS_DEVELOPED = 256u;

float number(uint place) { return uintBitsToFloat(numbers[place]); }

float reciprocalOrZero(float value) { return value > 0.0 ? 1.0 / value : 0.0; }
