// SPDX-License-Identifier: Apache-2.0
#pragma once

// Debian keeps the serial build of HDF5 beside the parallel ones.
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

// Types are macros that open the library first; Swift sees no such macros.
static inline hid_t hdf5_shim_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t hdf5_shim_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t hdf5_shim_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t hdf5_shim_string(void) { return H5T_C_S1; }

/// Ends HDF5's own talk on stderr: callers say what is wrong themselves.
static inline void hdf5_shim_be_quiet(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

static inline hid_t hdf5_shim_open_file(const char *path) { return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT); }
