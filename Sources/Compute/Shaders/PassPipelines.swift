// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// The shaders of this library on a device; all know the same buffers.
final class PassPipelines {
    /// Buffers that a pass sees: `pass.glsl` numbers them.
    static let bindings = 10

    let setLayout: VkDescriptorSetLayout
    let layout: VkPipelineLayout
    private(set) var pipelines: [VkPipeline] = []
    private let device: VulkanDevice

    init(_ device: VulkanDevice) throws(ComputeError) {
        self.device = device
        let setLayout = try Self.setLayout(device)
        self.setLayout = setLayout
        do throws(ComputeError) {
            layout = try Self.layout(device, setLayout)
        } catch {
            vkDestroyDescriptorSetLayout(device.handle, setLayout, nil)
            throw error
        }
        for shader in Shader.allCases { pipelines.append(try pipeline(shader)) }
    }

    deinit {
        for pipeline in pipelines { vkDestroyPipeline(device.handle, pipeline, nil) }
        vkDestroyPipelineLayout(device.handle, layout, nil)
        vkDestroyDescriptorSetLayout(device.handle, setLayout, nil)
    }

    private static func setLayout(_ device: VulkanDevice) throws(ComputeError) -> VkDescriptorSetLayout {
        let entries = (0..<bindings).map { number in
            var entry = VkDescriptorSetLayoutBinding()
            entry.binding = UInt32(number)
            entry.descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER
            entry.descriptorCount = 1
            entry.stageFlags = VK_SHADER_STAGE_COMPUTE_BIT.rawValue
            return entry
        }
        var made: VkDescriptorSetLayout?
        let result = entries.withUnsafeBufferPointer { entries in
            var info = VkDescriptorSetLayoutCreateInfo()
            info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO
            info.bindingCount = UInt32(entries.count)
            info.pBindings = entries.baseAddress
            return vkCreateDescriptorSetLayout(device.handle, &info, nil, &made)
        }
        try check(result, "lay out its buffers")
        guard let made else { throw ComputeError(.failed, "The Vulkan driver made no layout.") }
        return made
    }

    private static func layout(
        _ device: VulkanDevice, _ setLayout: VkDescriptorSetLayout
    ) throws(ComputeError) -> VkPipelineLayout {
        var made: VkPipelineLayout?
        var range = VkPushConstantRange()
        range.stageFlags = VK_SHADER_STAGE_COMPUTE_BIT.rawValue
        range.size = UInt32(MemoryLayout<PassOrder>.size)
        let result = withUnsafePointer(to: range) { range in
            withUnsafePointer(to: Optional(setLayout)) { sets in
                var info = VkPipelineLayoutCreateInfo()
                info.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO
                info.setLayoutCount = 1
                info.pSetLayouts = sets
                info.pushConstantRangeCount = 1
                info.pPushConstantRanges = range
                return vkCreatePipelineLayout(device.handle, &info, nil, &made)
            }
        }
        try check(result, "lay out its passes")
        guard let made else { throw ComputeError(.failed, "The Vulkan driver made no layout.") }
        return made
    }

    private func pipeline(_ shader: Shader) throws(ComputeError) -> VkPipeline {
        let words = ShaderCode.words(shader.text)
        var module: VkShaderModule?
        let loaded = words.withUnsafeBufferPointer { words in
            var info = VkShaderModuleCreateInfo()
            info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO
            info.codeSize = 4 * words.count
            info.pCode = words.baseAddress
            return vkCreateShaderModule(device.handle, &info, nil, &module)
        }
        try check(loaded, "read the shader \(shader)")
        defer { vkDestroyShaderModule(device.handle, module, nil) }
        var made: VkPipeline?
        let result = "main".withCString { name in
            var info = VkComputePipelineCreateInfo()
            info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO
            info.layout = layout
            info.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO
            info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT
            info.stage.module = module
            info.stage.pName = name
            return vkCreateComputePipelines(device.handle, nil, 1, &info, nil, &made)
        }
        try check(result, "compile the shader \(shader)")
        guard let made else { throw ComputeError(.failed, "The Vulkan driver compiled no \(shader) shader.") }
        return made
    }
}
