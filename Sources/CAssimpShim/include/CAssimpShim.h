// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads Assimp when it is first needed: relocating it and its own libraries takes longer than reading a small model,
// and most models need none of it. Its functions, as <assimp/cimport.h> declares them, may be called once this has
// returned null; else they crash.
//
// Returns what went wrong, which stays valid.
const char *cassimp_load(void);
