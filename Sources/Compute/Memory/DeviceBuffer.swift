// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// A stretch of a device's memory; what the processor may touch stays mapped for good.
final class DeviceBuffer {
    let handle: VkBuffer
    let byteCount: Int
    /// Where the processor finds it; `nil` for memory of the device's own.
    let mapped: UnsafeMutableRawPointer?
    private let memory: VkDeviceMemory
    private let device: VulkanDevice

    init(_ device: VulkanDevice, byteCount: Int, use: MemoryTypes.Use) throws(ComputeError) {
        let amount = "find \(byteCount) bytes"
        var info = VkBufferCreateInfo()
        info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO
        info.size = VkDeviceSize(byteCount)
        info.usage =
            (use == .device ? VK_BUFFER_USAGE_STORAGE_BUFFER_BIT.rawValue : 0)
            | VK_BUFFER_USAGE_TRANSFER_SRC_BIT.rawValue | VK_BUFFER_USAGE_TRANSFER_DST_BIT.rawValue
        info.sharingMode = VK_SHARING_MODE_EXCLUSIVE
        var buffer: VkBuffer?
        try check(vkCreateBuffer(device.handle, &info, nil, &buffer), amount)
        guard let buffer else { throw ComputeError(.failed, "The Vulkan driver made no buffer.") }
        do throws(ComputeError) {
            memory = try Self.memory(of: buffer, device, use, amount)
        } catch {
            vkDestroyBuffer(device.handle, buffer, nil)
            throw error
        }
        var place: UnsafeMutableRawPointer?
        var result = vkBindBufferMemory(device.handle, buffer, memory, 0)
        if result == VK_SUCCESS, use != .device {
            result = vkMapMemory(device.handle, memory, 0, VkDeviceSize(byteCount), 0, &place)
        }
        (handle, mapped, self.byteCount, self.device) = (buffer, place, byteCount, device)
        // From here on deinit tidies up.
        try check(result, amount)
    }

    private static func memory(
        of buffer: VkBuffer, _ device: VulkanDevice, _ use: MemoryTypes.Use, _ amount: String
    ) throws(ComputeError) -> VkDeviceMemory {
        var needs = VkMemoryRequirements()
        vkGetBufferMemoryRequirements(device.handle, buffer, &needs)
        guard let type = device.memoryTypes.type(for: use, allowed: needs.memoryTypeBits) else {
            throw ComputeError(.failed, "The Vulkan device has no memory that both it and the processor can reach.")
        }
        var info = VkMemoryAllocateInfo()
        info.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO
        info.allocationSize = needs.size
        info.memoryTypeIndex = type
        var memory: VkDeviceMemory?
        try check(vkAllocateMemory(device.handle, &info, nil, &memory), amount)
        guard let memory else { throw ComputeError(.outOfMemory, "The Vulkan driver gave no memory.") }
        return memory
    }

    deinit {
        vkDestroyBuffer(device.handle, handle, nil)
        vkFreeMemory(device.handle, memory, nil)
    }
}
