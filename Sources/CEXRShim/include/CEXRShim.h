// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>
#include <stdint.h>

// Reads OpenEXR files in memory through OpenEXR's C library (OpenEXRCore). Its callbacks take lists of arguments, which
// Swift cannot say.

// Loads the library when it is first needed; few runs read such a file. The other functions may be called once this
// has returned null; else they crash. Returns what went wrong, which stays valid.
const char *_Nullable cexr_load(void);

enum { CEXR_NOT_KNOWN = -1 };

typedef struct cexr_file cexr_file;

// A picture of the file. The name is null where it has none, and lives as long as the file.
typedef struct cexr_part {
    const char *_Nullable name;
    int32_t is_deep; // more than one sample a pixel: cannot be read
    int64_t width, height;
    int32_t channel_count;
} cexr_part;

typedef struct cexr_channel {
    const char *_Nullable name;
    int32_t x_sampling, y_sampling;
} cexr_channel;

// Reads the headers; null when the bytes are no such file. The bytes must outlive the file.
// Pictures wider or higher than `extent` are refused.
cexr_file *_Nullable cexr_open(const void *_Nonnull bytes, size_t size, int32_t extent);
void cexr_close(cexr_file *_Nonnull file);

int32_t cexr_part_count(const cexr_file *_Nonnull file);
// These return 0, or a code of the library's.
int32_t cexr_get_part(const cexr_file *_Nonnull file, int32_t part, cexr_part *_Nonnull result);
int32_t cexr_get_channel(
    const cexr_file *_Nonnull file, int32_t part, int32_t channel, cexr_channel *_Nonnull result);
// Reads all channels of a part, each to width * height floats, rows from the top; null for those to be left out.
// CEXR_NOT_KNOWN where this OpenEXR does not know the compression.
int32_t cexr_read(const cexr_file *_Nonnull file, int32_t part, float *_Nullable const *_Nonnull planes);

// What the library said last in this thread; empty where it said nothing.
const char *_Nonnull cexr_message(void);
