// SPDX-License-Identifier: Apache-2.0
#include "CVulkanShim.h"

#include <CLateLibrary.h>
#include <pthread.h>
#include <vulkan/vulkan.h>

// The loader; its first version number is that of the binary interface.
static late_library library = {"libvulkan.so.1"};

// The functions in use: result, name, parameters, arguments.
#define FUNCTIONS(CALL)                                                                                                \
    CALL(VkResult, vkEnumerateInstanceVersion, (uint32_t* pApiVersion), (pApiVersion))                                 \
    CALL(VkResult, vkCreateInstance, (const VkInstanceCreateInfo* pCreateInfo, const VkAllocationCallbacks*            \
         pAllocator, VkInstance* pInstance), (pCreateInfo, pAllocator, pInstance))                                     \
    CALL(void, vkDestroyInstance, (VkInstance instance, const VkAllocationCallbacks* pAllocator), (instance,           \
         pAllocator))                                                                                                  \
    CALL(VkResult, vkEnumeratePhysicalDevices, (VkInstance instance, uint32_t* pPhysicalDeviceCount,                   \
         VkPhysicalDevice* pPhysicalDevices), (instance, pPhysicalDeviceCount, pPhysicalDevices))                      \
    CALL(void, vkGetPhysicalDeviceProperties, (VkPhysicalDevice physicalDevice, VkPhysicalDeviceProperties*            \
         pProperties), (physicalDevice, pProperties))                                                                  \
    CALL(void, vkGetPhysicalDeviceMemoryProperties, (VkPhysicalDevice physicalDevice,                                  \
         VkPhysicalDeviceMemoryProperties* pMemoryProperties), (physicalDevice, pMemoryProperties))                    \
    CALL(void, vkGetPhysicalDeviceQueueFamilyProperties, (VkPhysicalDevice physicalDevice, uint32_t*                   \
         pQueueFamilyPropertyCount, VkQueueFamilyProperties* pQueueFamilyProperties), (physicalDevice,                 \
         pQueueFamilyPropertyCount, pQueueFamilyProperties))                                                           \
    CALL(VkResult, vkCreateDevice, (VkPhysicalDevice physicalDevice, const VkDeviceCreateInfo* pCreateInfo, const      \
         VkAllocationCallbacks* pAllocator, VkDevice* pDevice), (physicalDevice, pCreateInfo, pAllocator,              \
         pDevice))                                                                                                     \
    CALL(void, vkDestroyDevice, (VkDevice device, const VkAllocationCallbacks* pAllocator), (device, pAllocator))      \
    CALL(void, vkGetDeviceQueue, (VkDevice device, uint32_t queueFamilyIndex, uint32_t queueIndex, VkQueue*            \
         pQueue), (device, queueFamilyIndex, queueIndex, pQueue))                                                      \
    CALL(VkResult, vkDeviceWaitIdle, (VkDevice device), (device))                                                      \
    CALL(VkResult, vkCreateBuffer, (VkDevice device, const VkBufferCreateInfo* pCreateInfo, const                      \
         VkAllocationCallbacks* pAllocator, VkBuffer* pBuffer), (device, pCreateInfo, pAllocator, pBuffer))            \
    CALL(void, vkDestroyBuffer, (VkDevice device, VkBuffer buffer, const VkAllocationCallbacks* pAllocator),           \
         (device, buffer, pAllocator))                                                                                 \
    CALL(void, vkGetBufferMemoryRequirements, (VkDevice device, VkBuffer buffer, VkMemoryRequirements*                 \
         pMemoryRequirements), (device, buffer, pMemoryRequirements))                                                  \
    CALL(VkResult, vkAllocateMemory, (VkDevice device, const VkMemoryAllocateInfo* pAllocateInfo, const                \
         VkAllocationCallbacks* pAllocator, VkDeviceMemory* pMemory), (device, pAllocateInfo, pAllocator,              \
         pMemory))                                                                                                     \
    CALL(void, vkFreeMemory, (VkDevice device, VkDeviceMemory memory, const VkAllocationCallbacks* pAllocator),        \
         (device, memory, pAllocator))                                                                                 \
    CALL(VkResult, vkBindBufferMemory, (VkDevice device, VkBuffer buffer, VkDeviceMemory memory, VkDeviceSize          \
         memoryOffset), (device, buffer, memory, memoryOffset))                                                        \
    CALL(VkResult, vkMapMemory, (VkDevice device, VkDeviceMemory memory, VkDeviceSize offset, VkDeviceSize size,       \
         VkMemoryMapFlags flags, void** ppData), (device, memory, offset, size, flags, ppData))                        \
    CALL(VkResult, vkCreateShaderModule, (VkDevice device, const VkShaderModuleCreateInfo* pCreateInfo, const          \
         VkAllocationCallbacks* pAllocator, VkShaderModule* pShaderModule), (device, pCreateInfo, pAllocator,          \
         pShaderModule))                                                                                               \
    CALL(void, vkDestroyShaderModule, (VkDevice device, VkShaderModule shaderModule, const VkAllocationCallbacks*      \
         pAllocator), (device, shaderModule, pAllocator))                                                              \
    CALL(VkResult, vkCreateDescriptorSetLayout, (VkDevice device, const VkDescriptorSetLayoutCreateInfo*               \
         pCreateInfo, const VkAllocationCallbacks* pAllocator, VkDescriptorSetLayout* pSetLayout), (device,            \
         pCreateInfo, pAllocator, pSetLayout))                                                                         \
    CALL(void, vkDestroyDescriptorSetLayout, (VkDevice device, VkDescriptorSetLayout descriptorSetLayout, const        \
         VkAllocationCallbacks* pAllocator), (device, descriptorSetLayout, pAllocator))                                \
    CALL(VkResult, vkCreatePipelineLayout, (VkDevice device, const VkPipelineLayoutCreateInfo* pCreateInfo, const      \
         VkAllocationCallbacks* pAllocator, VkPipelineLayout* pPipelineLayout), (device, pCreateInfo, pAllocator,      \
         pPipelineLayout))                                                                                             \
    CALL(void, vkDestroyPipelineLayout, (VkDevice device, VkPipelineLayout pipelineLayout, const                       \
         VkAllocationCallbacks* pAllocator), (device, pipelineLayout, pAllocator))                                     \
    CALL(VkResult, vkCreateComputePipelines, (VkDevice device, VkPipelineCache pipelineCache, uint32_t                 \
         createInfoCount, const VkComputePipelineCreateInfo* pCreateInfos, const VkAllocationCallbacks*                \
         pAllocator, VkPipeline* pPipelines), (device, pipelineCache, createInfoCount, pCreateInfos, pAllocator,       \
         pPipelines))                                                                                                  \
    CALL(void, vkDestroyPipeline, (VkDevice device, VkPipeline pipeline, const VkAllocationCallbacks* pAllocator),     \
         (device, pipeline, pAllocator))                                                                               \
    CALL(VkResult, vkCreateDescriptorPool, (VkDevice device, const VkDescriptorPoolCreateInfo* pCreateInfo, const      \
         VkAllocationCallbacks* pAllocator, VkDescriptorPool* pDescriptorPool), (device, pCreateInfo, pAllocator,      \
         pDescriptorPool))                                                                                             \
    CALL(void, vkDestroyDescriptorPool, (VkDevice device, VkDescriptorPool descriptorPool, const                       \
         VkAllocationCallbacks* pAllocator), (device, descriptorPool, pAllocator))                                     \
    CALL(VkResult, vkAllocateDescriptorSets, (VkDevice device, const VkDescriptorSetAllocateInfo* pAllocateInfo,       \
         VkDescriptorSet* pDescriptorSets), (device, pAllocateInfo, pDescriptorSets))                                  \
    CALL(void, vkUpdateDescriptorSets, (VkDevice device, uint32_t descriptorWriteCount, const                          \
         VkWriteDescriptorSet* pDescriptorWrites, uint32_t descriptorCopyCount, const VkCopyDescriptorSet*             \
         pDescriptorCopies), (device, descriptorWriteCount, pDescriptorWrites, descriptorCopyCount,                    \
         pDescriptorCopies))                                                                                           \
    CALL(VkResult, vkCreateCommandPool, (VkDevice device, const VkCommandPoolCreateInfo* pCreateInfo, const            \
         VkAllocationCallbacks* pAllocator, VkCommandPool* pCommandPool), (device, pCreateInfo, pAllocator,            \
         pCommandPool))                                                                                                \
    CALL(void, vkDestroyCommandPool, (VkDevice device, VkCommandPool commandPool, const VkAllocationCallbacks*         \
         pAllocator), (device, commandPool, pAllocator))                                                               \
    CALL(VkResult, vkAllocateCommandBuffers, (VkDevice device, const VkCommandBufferAllocateInfo* pAllocateInfo,       \
         VkCommandBuffer* pCommandBuffers), (device, pAllocateInfo, pCommandBuffers))                                  \
    CALL(VkResult, vkBeginCommandBuffer, (VkCommandBuffer commandBuffer, const VkCommandBufferBeginInfo*               \
         pBeginInfo), (commandBuffer, pBeginInfo))                                                                     \
    CALL(VkResult, vkEndCommandBuffer, (VkCommandBuffer commandBuffer), (commandBuffer))                               \
    CALL(void, vkCmdBindPipeline, (VkCommandBuffer commandBuffer, VkPipelineBindPoint pipelineBindPoint,               \
         VkPipeline pipeline), (commandBuffer, pipelineBindPoint, pipeline))                                           \
    CALL(void, vkCmdBindDescriptorSets, (VkCommandBuffer commandBuffer, VkPipelineBindPoint pipelineBindPoint,         \
         VkPipelineLayout layout, uint32_t firstSet, uint32_t descriptorSetCount, const VkDescriptorSet*               \
         pDescriptorSets, uint32_t dynamicOffsetCount, const uint32_t* pDynamicOffsets), (commandBuffer,               \
         pipelineBindPoint, layout, firstSet, descriptorSetCount, pDescriptorSets, dynamicOffsetCount,                 \
         pDynamicOffsets))                                                                                             \
    CALL(void, vkCmdPushConstants, (VkCommandBuffer commandBuffer, VkPipelineLayout layout, VkShaderStageFlags         \
         stageFlags, uint32_t offset, uint32_t size, const void* pValues), (commandBuffer, layout, stageFlags,         \
         offset, size, pValues))                                                                                       \
    CALL(void, vkCmdDispatch, (VkCommandBuffer commandBuffer, uint32_t groupCountX, uint32_t groupCountY, uint32_t     \
         groupCountZ), (commandBuffer, groupCountX, groupCountY, groupCountZ))                                         \
    CALL(void, vkCmdCopyBuffer, (VkCommandBuffer commandBuffer, VkBuffer srcBuffer, VkBuffer dstBuffer, uint32_t       \
         regionCount, const VkBufferCopy* pRegions), (commandBuffer, srcBuffer, dstBuffer, regionCount, pRegions))     \
    CALL(void, vkCmdPipelineBarrier, (VkCommandBuffer commandBuffer, VkPipelineStageFlags srcStageMask,                \
         VkPipelineStageFlags dstStageMask, VkDependencyFlags dependencyFlags, uint32_t memoryBarrierCount, const      \
         VkMemoryBarrier* pMemoryBarriers, uint32_t bufferMemoryBarrierCount, const VkBufferMemoryBarrier*             \
         pBufferMemoryBarriers, uint32_t imageMemoryBarrierCount, const VkImageMemoryBarrier*                          \
         pImageMemoryBarriers), (commandBuffer, srcStageMask, dstStageMask, dependencyFlags, memoryBarrierCount,       \
         pMemoryBarriers, bufferMemoryBarrierCount, pBufferMemoryBarriers, imageMemoryBarrierCount,                    \
         pImageMemoryBarriers))                                                                                        \
    CALL(void, vkCmdResetQueryPool, (VkCommandBuffer commandBuffer, VkQueryPool queryPool, uint32_t firstQuery,        \
         uint32_t queryCount), (commandBuffer, queryPool, firstQuery, queryCount))                                     \
    CALL(void, vkCmdWriteTimestamp, (VkCommandBuffer commandBuffer, VkPipelineStageFlagBits pipelineStage,             \
         VkQueryPool queryPool, uint32_t query), (commandBuffer, pipelineStage, queryPool, query))                     \
    CALL(VkResult, vkQueueSubmit, (VkQueue queue, uint32_t submitCount, const VkSubmitInfo* pSubmits, VkFence          \
         fence), (queue, submitCount, pSubmits, fence))                                                                \
    CALL(VkResult, vkCreateFence, (VkDevice device, const VkFenceCreateInfo* pCreateInfo, const                        \
         VkAllocationCallbacks* pAllocator, VkFence* pFence), (device, pCreateInfo, pAllocator, pFence))               \
    CALL(void, vkDestroyFence, (VkDevice device, VkFence fence, const VkAllocationCallbacks* pAllocator), (device,     \
         fence, pAllocator))                                                                                           \
    CALL(VkResult, vkResetFences, (VkDevice device, uint32_t fenceCount, const VkFence* pFences), (device,             \
         fenceCount, pFences))                                                                                         \
    CALL(VkResult, vkWaitForFences, (VkDevice device, uint32_t fenceCount, const VkFence* pFences, VkBool32            \
         waitAll, uint64_t timeout), (device, fenceCount, pFences, waitAll, timeout))                                  \
    CALL(VkResult, vkCreateQueryPool, (VkDevice device, const VkQueryPoolCreateInfo* pCreateInfo, const                \
         VkAllocationCallbacks* pAllocator, VkQueryPool* pQueryPool), (device, pCreateInfo, pAllocator,                \
         pQueryPool))                                                                                                  \
    CALL(void, vkDestroyQueryPool, (VkDevice device, VkQueryPool queryPool, const VkAllocationCallbacks*               \
         pAllocator), (device, queryPool, pAllocator))                                                                 \
    CALL(VkResult, vkGetQueryPoolResults, (VkDevice device, VkQueryPool queryPool, uint32_t firstQuery, uint32_t       \
         queryCount, size_t dataSize, void* pData, VkDeviceSize stride, VkQueryResultFlags flags), (device,            \
         queryPool, firstQuery, queryCount, dataSize, pData, stride, flags))

FUNCTIONS(LATE_POINTER)
FUNCTIONS(LATE_FORWARD)

static void load(void) {
    if (late_open(&library)) { FUNCTIONS(LATE_FIND) }
}

const char *cvulkan_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return late_failure(&library);
}
