// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads Vulkan when it is first needed: most runs need none, and machines without it run the program too. Its functions,
// as <vulkan/vulkan.h> declares them, may be called once this has returned null; else they crash.
//
// Returns what went wrong, which stays valid.
const char *cvulkan_load(void);
