// SPDX-License-Identifier: Apache-2.0
#include "CEXRShim.h"

#include <CLateLibrary.h>
#include <OpenEXR/openexr.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The library whose headers this was compiled with: the version in its name is that of the binary interface.
static late_library library = {"libOpenEXRCore-3_1.so.30"};

// The functions in use.
#define FUNCTIONS(CALL)                                                                                               \
    CALL(exr_start_read)                                                                                              \
    CALL(exr_finish)                                                                                                  \
    CALL(exr_get_count)                                                                                               \
    CALL(exr_get_name)                                                                                                \
    CALL(exr_get_storage)                                                                                             \
    CALL(exr_get_channels)                                                                                            \
    CALL(exr_get_data_window)                                                                                         \
    CALL(exr_get_scanlines_per_chunk)                                                                                 \
    CALL(exr_get_tile_sizes)                                                                                          \
    CALL(exr_read_scanline_chunk_info)                                                                                \
    CALL(exr_read_tile_chunk_info)                                                                                    \
    CALL(exr_decoding_initialize)                                                                                     \
    CALL(exr_decoding_choose_default_routines)                                                                        \
    CALL(exr_decoding_run)                                                                                            \
    CALL(exr_decoding_destroy)

#define POINTER(name) static __typeof__(&name) loaded_##name;
FUNCTIONS(POINTER)
#define FIND(name) late_find(&library, #name, &loaded_##name);

static _Thread_local char message[256];

static void load(void) {
    if (late_open(&library)) { FUNCTIONS(FIND) }
}

const char *cexr_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return late_failure(&library);
}

const char *cexr_message(void) { return message; }

struct cexr_file {
    const uint8_t *bytes;
    uint64_t size;
    exr_context_t context;
};

static void remember(exr_const_context_t context, exr_result_t code, const char *text) {
    (void)context, (void)code;
    snprintf(message, sizeof message, "%s", text ? text : "");
}

static int64_t read_bytes(
    exr_const_context_t context, void *data, void *buffer, uint64_t size, uint64_t offset,
    exr_stream_error_func_ptr_t complain) {
    const cexr_file *file = data;
    if (offset > file->size) {
        complain(context, EXR_ERR_READ_IO, "the file ends before byte %llu", (unsigned long long)offset);
        return -1;
    }
    uint64_t rest = file->size - offset;
    uint64_t count = size < rest ? size : rest;
    memcpy(buffer, file->bytes + offset, count);
    return (int64_t)count;
}

static int64_t tell_size(exr_const_context_t context, void *data) {
    (void)context;
    return (int64_t)((const cexr_file *)data)->size;
}

cexr_file *cexr_open(const void *bytes, size_t size, int32_t extent) {
    message[0] = 0;
    cexr_file *file = calloc(1, sizeof *file);
    if (!file) return 0;
    file->bytes = bytes;
    file->size = size;
    exr_context_initializer_t options = EXR_DEFAULT_CONTEXT_INITIALIZER;
    options.error_handler_fn = remember;
    options.user_data = file;
    options.read_fn = read_bytes;
    options.size_fn = tell_size;
    options.max_image_width = extent;
    options.max_image_height = extent;
    options.max_tile_width = extent;
    options.max_tile_height = extent;
    if (loaded_exr_start_read(&file->context, "the file", &options) != EXR_ERR_SUCCESS) {
        free(file);
        return 0;
    }
    return file;
}

void cexr_close(cexr_file *file) {
    loaded_exr_finish(&file->context);
    free(file);
}

int32_t cexr_part_count(const cexr_file *file) {
    int count = 0;
    return loaded_exr_get_count(file->context, &count) == EXR_ERR_SUCCESS ? count : 0;
}

int32_t cexr_get_part(const cexr_file *file, int32_t part, cexr_part *result) {
    message[0] = 0;
    *result = (cexr_part){0};
    exr_storage_t storage;
    exr_attr_box2i_t window;
    const exr_attr_chlist_t *channels;
    exr_result_t code = loaded_exr_get_storage(file->context, part, &storage);
    if (!code) code = loaded_exr_get_data_window(file->context, part, &window);
    if (!code) code = loaded_exr_get_channels(file->context, part, &channels);
    if (code) return code;
    if (loaded_exr_get_name(file->context, part, &result->name)) result->name = 0;
    result->is_deep = storage == EXR_STORAGE_DEEP_SCANLINE || storage == EXR_STORAGE_DEEP_TILED;
    result->width = (int64_t)window.max.x - window.min.x + 1;
    result->height = (int64_t)window.max.y - window.min.y + 1;
    result->channel_count = channels->num_channels;
    // A part without a name has no such attribute, which is no mistake.
    message[0] = 0;
    return 0;
}

int32_t cexr_get_channel(const cexr_file *file, int32_t part, int32_t channel, cexr_channel *result) {
    const exr_attr_chlist_t *channels;
    exr_result_t code = loaded_exr_get_channels(file->context, part, &channels);
    if (code) return code;
    if (channel < 0 || channel >= channels->num_channels) return EXR_ERR_ARGUMENT_OUT_OF_RANGE;
    const exr_attr_chlist_entry_t *entry = channels->entries + channel;
    *result = (cexr_channel){entry->name.str, entry->x_sampling, entry->y_sampling};
    return 0;
}

// Where a block of the picture goes.
struct place {
    int64_t x, y, width;
};

static exr_result_t read_chunk(
    const cexr_file *file, int part, const exr_chunk_info_t *chunk, float *const *planes, struct place place,
    exr_decode_pipeline_t *pipeline) {
    exr_result_t code = loaded_exr_decoding_initialize(file->context, part, chunk, pipeline);
    if (code) return code;
    for (int c = 0; c < pipeline->channel_count; c++) {
        exr_coding_channel_info_t *channel = pipeline->channels + c;
        if (!planes[c]) continue;
        channel->decode_to_ptr = (uint8_t *)(planes[c] + place.y * place.width + place.x);
        channel->user_data_type = EXR_PIXEL_FLOAT;
        channel->user_bytes_per_element = 4;
        channel->user_pixel_stride = 4;
        channel->user_line_stride = (int32_t)(place.width * 4);
    }
    code = loaded_exr_decoding_choose_default_routines(file->context, part, pipeline);
    return code ? code : loaded_exr_decoding_run(file->context, part, pipeline);
}

static exr_result_t read_one(
    const cexr_file *file, int part, const exr_chunk_info_t *chunk, float *const *planes, struct place place) {
    exr_decode_pipeline_t pipeline = EXR_DECODE_PIPELINE_INITIALIZER;
    exr_result_t code = read_chunk(file, part, chunk, planes, place, &pipeline);
    loaded_exr_decoding_destroy(file->context, &pipeline);
    return code;
}

static exr_result_t read_lines(
    const cexr_file *file, int part, exr_attr_box2i_t window, int64_t width, int64_t height, float *const *planes) {
    int32_t lines = 0;
    exr_result_t code = loaded_exr_get_scanlines_per_chunk(file->context, part, &lines);
    if (!code && lines < 1) code = EXR_ERR_BAD_CHUNK_LEADER;
    for (int64_t y = 0; !code && y < height; y += lines) {
        exr_chunk_info_t chunk;
        code = loaded_exr_read_scanline_chunk_info(file->context, part, (int)(window.min.y + y), &chunk);
        // The library believes the file's own numbers; what it writes has to lie in the picture.
        if (!code && (chunk.width != width || chunk.height < 1 || chunk.height > height - y)) {
            code = EXR_ERR_BAD_CHUNK_LEADER;
        }
        if (!code) code = read_one(file, part, &chunk, planes, (struct place){0, y, width});
    }
    return code;
}

static exr_result_t read_tiles(
    const cexr_file *file, int part, int64_t width, int64_t height, float *const *planes) {
    int32_t across = 0, down = 0;
    exr_result_t code = loaded_exr_get_tile_sizes(file->context, part, 0, 0, &across, &down);
    if (!code && (across < 1 || down < 1)) code = EXR_ERR_BAD_CHUNK_LEADER;
    for (int64_t y = 0; !code && y < height; y += down) {
        for (int64_t x = 0; !code && x < width; x += across) {
            exr_chunk_info_t chunk;
            code = loaded_exr_read_tile_chunk_info(
                file->context, part, (int)(x / across), (int)(y / down), 0, 0, &chunk);
            if (!code && (chunk.width < 1 || chunk.height < 1 || chunk.width > width - x || chunk.height > height - y)) {
                code = EXR_ERR_BAD_CHUNK_LEADER;
            }
            if (!code) code = read_one(file, part, &chunk, planes, (struct place){x, y, width});
        }
    }
    return code;
}

int32_t cexr_read(const cexr_file *file, int32_t part, float *const *planes) {
    message[0] = 0;
    exr_storage_t storage;
    exr_attr_box2i_t window;
    exr_result_t code = loaded_exr_get_storage(file->context, part, &storage);
    if (!code) code = loaded_exr_get_data_window(file->context, part, &window);
    if (code) return code;
    int64_t width = (int64_t)window.max.x - window.min.x + 1, height = (int64_t)window.max.y - window.min.y + 1;
    code = EXR_ERR_FEATURE_NOT_IMPLEMENTED;
    if (storage == EXR_STORAGE_TILED) code = read_tiles(file, part, width, height, planes);
    if (storage == EXR_STORAGE_SCANLINE) code = read_lines(file, part, window, width, height, planes);
    return code == EXR_ERR_FEATURE_NOT_IMPLEMENTED ? CEXR_NOT_KNOWN : code;
}
