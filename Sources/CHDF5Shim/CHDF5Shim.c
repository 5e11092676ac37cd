// SPDX-License-Identifier: Apache-2.0
#include "CHDF5Shim.h"

#include <CLateLibrary.h>
#include <pthread.h>

#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

// The library whose headers this was compiled with: the version in its name is that of the binary interface.
#if __has_include(<hdf5/serial/hdf5.h>)
static late_library library = {"libhdf5_serial.so.103"};
#else
static late_library library = {"libhdf5.so.103"};
#endif

// The functions in use: result, name, parameters, arguments.
#define FUNCTIONS(CALL)                                                                                               \
    CALL(herr_t, H5open, (void), ())                                                                                  \
    CALL(herr_t, H5free_memory, (void *memory), (memory))                                                             \
    CALL(herr_t, H5Eset_auto2, (hid_t stack, H5E_auto2_t function, void *data), (stack, function, data))              \
    CALL(hid_t, H5Fopen, (const char *path, unsigned int flags, hid_t access), (path, flags, access))                 \
    CALL(herr_t, H5Fclose, (hid_t file), (file))                                                                      \
    CALL(htri_t, H5Lexists, (hid_t place, const char *name, hid_t access), (place, name, access))                     \
    CALL(ssize_t, H5Lget_name_by_idx,                                                                                 \
         (hid_t place, const char *group, H5_index_t index, H5_iter_order_t order, hsize_t number, char *name,        \
          size_t size, hid_t access),                                                                                 \
         (place, group, index, order, number, name, size, access))                                                    \
    CALL(htri_t, H5Oexists_by_name, (hid_t place, const char *name, hid_t access), (place, name, access))             \
    CALL(hid_t, H5Gopen2, (hid_t place, const char *name, hid_t access), (place, name, access))                       \
    CALL(herr_t, H5Gclose, (hid_t group), (group))                                                                    \
    CALL(herr_t, H5Gget_info, (hid_t group, H5G_info_t *info), (group, info))                                         \
    CALL(hid_t, H5Dopen2, (hid_t place, const char *name, hid_t access), (place, name, access))                       \
    CALL(herr_t, H5Dclose, (hid_t set), (set))                                                                        \
    CALL(hid_t, H5Dget_space, (hid_t set), (set))                                                                     \
    CALL(hid_t, H5Dget_type, (hid_t set), (set))                                                                      \
    CALL(herr_t, H5Dread, (hid_t set, hid_t type, hid_t memory, hid_t file, hid_t transfer, void *values),            \
         (set, type, memory, file, transfer, values))                                                                 \
    CALL(hid_t, H5Screate_simple, (int rank, const hsize_t sizes[], const hsize_t most[]), (rank, sizes, most))       \
    CALL(herr_t, H5Sclose, (hid_t space), (space))                                                                    \
    CALL(herr_t, H5Sselect_hyperslab,                                                                                 \
         (hid_t space, H5S_seloper_t operation, const hsize_t start[], const hsize_t stride[],                        \
          const hsize_t count[], const hsize_t block[]),                                                              \
         (space, operation, start, stride, count, block))                                                             \
    CALL(int, H5Sget_simple_extent_ndims, (hid_t space), (space))                                                     \
    CALL(int, H5Sget_simple_extent_dims, (hid_t space, hsize_t sizes[], hsize_t most[]), (space, sizes, most))        \
    CALL(herr_t, H5Tclose, (hid_t type), (type))                                                                      \
    CALL(H5T_class_t, H5Tget_class, (hid_t type), (type))                                                             \
    CALL(size_t, H5Tget_size, (hid_t type), (type))                                                                   \
    CALL(htri_t, H5Tis_variable_str, (hid_t type), (type))                                                            \
    CALL(hid_t, H5Aopen_by_name,                                                                                      \
         (hid_t place, const char *object, const char *name, hid_t access, hid_t link),                               \
         (place, object, name, access, link))                                                                         \
    CALL(herr_t, H5Aclose, (hid_t attribute), (attribute))                                                            \
    CALL(hid_t, H5Aget_type, (hid_t attribute), (attribute))                                                          \
    CALL(herr_t, H5Aread, (hid_t attribute, hid_t type, void *values), (attribute, type, values))

// The types in use, which are known once the library is open.
#define TYPES(NAME) NAME(H5T_NATIVE_FLOAT_g) NAME(H5T_NATIVE_DOUBLE_g) NAME(H5T_NATIVE_INT64_g)

FUNCTIONS(LATE_POINTER)
FUNCTIONS(LATE_FORWARD)

#define TYPE_POINTER(name) static const hid_t *loaded_##name;
TYPES(TYPE_POINTER)
#define FIND_TYPE(name) late_find(&library, #name, &loaded_##name);

static void load(void) {
    if (!late_open(&library)) return;
    FUNCTIONS(LATE_FIND)
    TYPES(FIND_TYPE)
    if (!late_failure(&library) && H5open() < 0) late_fail(&library, "HDF5 does not start");
}

const char *chdf5_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return late_failure(&library);
}

int64_t chdf5_float(void) { return *loaded_H5T_NATIVE_FLOAT_g; }
int64_t chdf5_double(void) { return *loaded_H5T_NATIVE_DOUBLE_g; }
int64_t chdf5_int64(void) { return *loaded_H5T_NATIVE_INT64_g; }

int64_t chdf5_open_file(const char *path) {
    H5Eset_auto2(0, 0, 0);
    return H5Fopen(path, 0, 0);
}
