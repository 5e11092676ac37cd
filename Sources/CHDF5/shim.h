// SPDX-License-Identifier: Apache-2.0
#pragma once

// Debian keeps the serial build of HDF5 beside the parallel ones.
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif
