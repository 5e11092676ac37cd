// SPDX-License-Identifier: Apache-2.0
import Compute
import ImageCore
import Jobs

extension JobFile.Device {
    /// What develops in the processor's place; `nil` is the processor.
    ///
    /// - Parameter warn: told why a device that was asked for is not to be had: pictures are the same without it.
    func engine(warn: (String) -> Void) -> (any DevelopEngine)? {
        do throws(ComputeError) {
            return try vulkanEngine()
        } catch {
            warn("\(error) The processor develops all pictures.")
            return nil
        }
    }

    /// The Vulkan device that this names; `nil` for the processor, and where `auto` finds no GPU.
    func vulkanEngine() throws(ComputeError) -> VulkanEngine? {
        switch self {
        case .cpu: return nil
        case .auto:
            guard let best = try? ComputeDevice.best(of: ComputeDevice.all()) else { return nil }
            return try VulkanEngine(device: best.index)
        case .vulkan(let number):
            if let number { return try VulkanEngine(device: number) }
            let best = try ComputeDevice.best(of: ComputeDevice.all())
            return try VulkanEngine(device: best?.index ?? 0)
        }
    }
}
