// SPDX-License-Identifier: Apache-2.0
#include "CAssimpShim.h"

#include <CLateLibrary.h>
#include <assimp/cimport.h>
#include <assimp/material.h>
#include <pthread.h>

// The library whose headers this was compiled with: the version in its name is that of the binary interface.
static late_library library = {"libassimp.so.5"};

// The functions in use: result, name, parameters, arguments.
#define FUNCTIONS(CALL)                                                                                               \
    CALL(const struct aiScene *, aiImportFileExWithProperties,                                                        \
         (const char *path, unsigned int steps, struct aiFileIO *files, const struct aiPropertyStore *settings),     \
         (path, steps, files, settings))                                                                              \
    CALL(const struct aiScene *, aiApplyPostProcessing, (const struct aiScene *scene, unsigned int steps),            \
         (scene, steps))                                                                                              \
    CALL(void, aiReleaseImport, (const struct aiScene *scene), (scene))                                               \
    CALL(const char *, aiGetErrorString, (void), ())                                                                  \
    CALL(struct aiPropertyStore *, aiCreatePropertyStore, (void), ())                                                 \
    CALL(void, aiReleasePropertyStore, (struct aiPropertyStore * settings), (settings))                               \
    CALL(void, aiSetImportPropertyInteger, (struct aiPropertyStore * settings, const char *name, int value),          \
         (settings, name, value))                                                                                     \
    CALL(enum aiReturn, aiGetMaterialString,                                                                          \
         (const struct aiMaterial *material, const char *key, unsigned int type, unsigned int index,                  \
          struct aiString *out),                                                                                      \
         (material, key, type, index, out))                                                                           \
    CALL(enum aiReturn, aiGetMaterialFloatArray,                                                                      \
         (const struct aiMaterial *material, const char *key, unsigned int type, unsigned int index, ai_real *out,    \
          unsigned int *most),                                                                                        \
         (material, key, type, index, out, most))                                                                     \
    CALL(enum aiReturn, aiGetMaterialColor,                                                                           \
         (const struct aiMaterial *material, const char *key, unsigned int type, unsigned int index,                  \
          struct aiColor4D *out),                                                                                     \
         (material, key, type, index, out))                                                                           \
    CALL(enum aiReturn, aiGetMaterialTexture,                                                                         \
         (const struct aiMaterial *material, enum aiTextureType type, unsigned int index, struct aiString *path,      \
          enum aiTextureMapping *mapping, unsigned int *coordinates, ai_real *blend, enum aiTextureOp *operation,     \
          enum aiTextureMapMode *modes, unsigned int *flags),                                                         \
         (material, type, index, path, mapping, coordinates, blend, operation, modes, flags))

FUNCTIONS(LATE_POINTER)
FUNCTIONS(LATE_FORWARD)

static void load(void) {
    if (late_open(&library)) { FUNCTIONS(LATE_FIND) }
}

const char *cassimp_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return late_failure(&library);
}
