// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdint.h>

// Loads HDF5 when it is first needed: relocating it and the libraries it brings takes longer than drawing a small
// model, and most models need none of it. Its functions, as <hdf5.h> declares them, may be called once this has
// returned null; else they crash.
//
// Returns what went wrong, which stays valid.
const char *chdf5_load(void);

// Types of values in memory; in the library's header they are macros, which Swift does not see.
int64_t chdf5_float(void);
int64_t chdf5_double(void);
int64_t chdf5_int64(void);

// Opens a file for reading, and ends the library's own talk on stderr in this thread: callers say what is wrong
// themselves. Negative when it is no HDF5 file.
int64_t chdf5_open_file(const char *path);
