// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// What Vulkan needs to carry a frame out, made once: commands, fence, clock, and the set of buffers that passes see.
final class FrameHandles {
    /// Who touches memory.
    enum Party {
        case transfer
        case compute
        case processor

        var stage: UInt32 {
            switch self {
            case .transfer: VK_PIPELINE_STAGE_TRANSFER_BIT.rawValue
            case .compute: VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT.rawValue
            case .processor: VK_PIPELINE_STAGE_HOST_BIT.rawValue
            }
        }
        var writes: UInt32 {
            self == .transfer ? VK_ACCESS_TRANSFER_WRITE_BIT.rawValue : VK_ACCESS_SHADER_WRITE_BIT.rawValue
        }
        var touches: UInt32 {
            switch self {
            case .transfer: VK_ACCESS_TRANSFER_READ_BIT.rawValue
            case .compute: VK_ACCESS_SHADER_READ_BIT.rawValue | VK_ACCESS_SHADER_WRITE_BIT.rawValue
            case .processor: VK_ACCESS_HOST_READ_BIT.rawValue
            }
        }
    }

    /// Readings of the clock in a frame.
    static let stampCount = 4

    private let device: VulkanDevice
    private var pool: VkCommandPool?
    private var descriptors: VkDescriptorPool?
    private var set: VkDescriptorSet?
    private var clock: VkQueryPool?
    private var commandBuffer: VkCommandBuffer?
    private var signal: VkFence?

    var commands: VkCommandBuffer { commandBuffer! }
    var fence: VkFence { signal! }

    init(_ device: VulkanDevice, setLayout: VkDescriptorSetLayout) throws(ComputeError) {
        self.device = device
        try makeCommands()
        try makeSet(setLayout)
        var info = VkFenceCreateInfo()
        info.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO
        try check(vkCreateFence(device.handle, &info, nil, &signal), "make a fence")
        guard device.tick != nil else { return }
        var query = VkQueryPoolCreateInfo()
        query.sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO
        query.queryType = VK_QUERY_TYPE_TIMESTAMP
        query.queryCount = UInt32(Self.stampCount)
        try check(vkCreateQueryPool(device.handle, &query, nil, &clock), "make a clock")
    }

    deinit {
        vkDestroyQueryPool(device.handle, clock, nil)
        vkDestroyFence(device.handle, signal, nil)
        vkDestroyDescriptorPool(device.handle, descriptors, nil)
        vkDestroyCommandPool(device.handle, pool, nil)
    }

    private func makeCommands() throws(ComputeError) {
        var info = VkCommandPoolCreateInfo()
        info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO
        info.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT.rawValue
        info.queueFamilyIndex = device.family
        try check(vkCreateCommandPool(device.handle, &info, nil, &pool), "make a pool of commands")
        var buffer = VkCommandBufferAllocateInfo()
        buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO
        buffer.commandPool = pool
        buffer.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY
        buffer.commandBufferCount = 1
        try check(vkAllocateCommandBuffers(device.handle, &buffer, &commandBuffer), "make a command buffer")
    }

    private func makeSet(_ layout: VkDescriptorSetLayout) throws(ComputeError) {
        let size = VkDescriptorPoolSize(
            type: VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, descriptorCount: UInt32(PassPipelines.bindings))
        let made = withUnsafePointer(to: size) { size in
            var info = VkDescriptorPoolCreateInfo()
            info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO
            info.maxSets = 1
            info.poolSizeCount = 1
            info.pPoolSizes = size
            return vkCreateDescriptorPool(device.handle, &info, nil, &descriptors)
        }
        try check(made, "make a pool of buffer sets")
        let result = withUnsafePointer(to: Optional(layout)) { layouts in
            var info = VkDescriptorSetAllocateInfo()
            info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO
            info.descriptorPool = descriptors
            info.descriptorSetCount = 1
            info.pSetLayouts = layouts
            return vkAllocateDescriptorSets(device.handle, &info, &set)
        }
        try check(result, "make a set of buffers")
    }

    /// Tells the passes their buffers, in the order of the bindings.
    func bind(_ buffers: [DeviceBuffer?]) {
        for (number, buffer) in buffers.enumerated() {
            guard let buffer else { continue }
            var info = VkDescriptorBufferInfo(
                buffer: buffer.handle, offset: 0,
                range: VkDeviceSize(min(buffer.byteCount, Int(device.limits.maxStorageBufferRange))))
            withUnsafePointer(to: &info) { info in
                var write = VkWriteDescriptorSet()
                write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET
                write.dstSet = set
                write.dstBinding = UInt32(number)
                write.descriptorCount = 1
                write.descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER
                write.pBufferInfo = info
                vkUpdateDescriptorSets(device.handle, 1, &write, 0, nil)
            }
        }
    }

    /// Begins the commands of a frame anew.
    func begin() throws(ComputeError) {
        var info = VkCommandBufferBeginInfo()
        info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO
        info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT.rawValue
        try check(vkBeginCommandBuffer(commands, &info), "begin a frame")
        if let clock { vkCmdResetQueryPool(commands, clock, 0, UInt32(Self.stampCount)) }
    }

    func end() throws(ComputeError) { try check(vkEndCommandBuffer(commands), "write down a frame") }

    /// Lets all passes that follow see the bound buffers.
    func bindSet(to layout: VkPipelineLayout) {
        vkCmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_COMPUTE, layout, 0, 1, &set, 0, nil)
    }

    /// What one party has written, the other sees.
    func order(_ first: Party, before second: Party) {
        var barrier = VkMemoryBarrier()
        barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER
        (barrier.srcAccessMask, barrier.dstAccessMask) = (first.writes, second.touches)
        vkCmdPipelineBarrier(commands, first.stage, second.stage, 0, 1, &barrier, 0, nil, 0, nil)
    }

    /// Reads the clock once all that came before is done.
    func stamp(_ number: Int) {
        guard let clock else { return }
        vkCmdWriteTimestamp(commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, clock, UInt32(number))
    }

    /// The clock's readings of the last frame.
    func stamps() -> [UInt64]? {
        guard let clock else { return nil }
        var stamps = [UInt64](repeating: 0, count: Self.stampCount)
        let result = vkGetQueryPoolResults(
            device.handle, clock, 0, UInt32(Self.stampCount), 8 * Self.stampCount, &stamps, 8,
            VK_QUERY_RESULT_64_BIT.rawValue)
        return result == VK_SUCCESS ? stamps : nil
    }

    func reset() throws(ComputeError) {
        var list = signal
        try check(vkResetFences(device.handle, 1, &list), "take another frame")
    }

    /// Waits for the frame, for so many nanoseconds at most.
    func wait(_ patience: UInt64) throws(ComputeError) {
        var list = signal
        let result = vkWaitForFences(device.handle, 1, &list, VkBool32(VK_TRUE), patience)
        guard result != VK_TIMEOUT else {
            throw ComputeError(
                .deviceLost,
                "The Vulkan device \(device.facts.name) did not finish a frame within \(patience / 1_000_000_000) s.")
        }
        try check(result, "finish a frame")
    }
}
