// SPDX-License-Identifier: Apache-2.0
import Compute
import ImageCore
import Jobs

extension JobFile.Device {
    /// What develops in the processor's place; `nil` is the processor.
    ///
    /// - Parameter warn: told why a device that was asked for is not to be had: pictures are the same without it.
    func engine(warn: (String) -> Void) -> (any DevelopEngine)? {
        do {
            switch self {
            case .cpu: return nil
            case .auto:
                let best = try? ComputeDevice.best(of: ComputeDevice.all())
                return try best.map { try VulkanEngine(device: $0.index) }
            case .vulkan(let number):
                return try VulkanEngine(device: try number ?? ComputeDevice.best(of: ComputeDevice.all())?.index ?? 0)
            }
        } catch {
            warn("\(error) The processor develops all pictures.")
            return nil
        }
    }
}
