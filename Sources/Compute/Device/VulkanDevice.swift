// SPDX-License-Identifier: Apache-2.0
import CVulkan
import Synchronization

/// A device that was opened for computing, with its queue and the shaders of this library.
final class VulkanDevice: @unchecked Sendable {
    // Sendable: Vulkan's devices may be used from any thread; the queue, which may not, lies behind a lock.

    let handle: VkDevice
    let facts: ComputeDevice
    let limits: VkPhysicalDeviceLimits
    let memoryTypes: MemoryTypes
    /// The family that the queue is of.
    let family: UInt32
    /// Nanoseconds of a tick of the device's clock; `nil` where it has none.
    let tick: Double?
    private let queue: Mutex<QueueHandle>
    private let instance: VulkanInstance

    /// A queue's address, which may go from thread to thread.
    private struct QueueHandle: @unchecked Sendable {
        var handle: VkQueue
    }

    /// - Parameter index: of the list of `ComputeDevice.all()`.
    init(index: Int) throws(ComputeError) {
        instance = try VulkanInstance()
        let devices = try instance.devices()
        guard devices.indices.contains(index) else {
            throw ComputeError(
                .noDevice,
                devices.isEmpty
                    ? "Vulkan finds no device on this machine; install a driver (mesa-vulkan-drivers or the vendor's)."
                    : "There is no Vulkan device \(index) on this machine; there are 0 to \(devices.count - 1), which "
                        + "darkroom doctor lists.")
        }
        let device = devices[index]
        let properties = device.properties
        guard properties.apiVersion >= VulkanInstance.version else {
            throw ComputeError(
                .noDevice, "The Vulkan device \(device.facts.name) knows only Vulkan 1.0; 1.1 is needed.")
        }
        guard properties.limits.maxPerStageDescriptorStorageBuffers >= PassPipelines.bindings else {
            throw ComputeError(
                .noDevice,
                "The Vulkan device \(device.facts.name) sees too few buffers at once: "
                    + "\(properties.limits.maxPerStageDescriptorStorageBuffers) of \(PassPipelines.bindings).")
        }
        let families = Self.families(device.handle)
        guard let found = families.firstIndex(where: { $0.queueFlags & VK_QUEUE_COMPUTE_BIT.rawValue != 0 }) else {
            throw ComputeError(.noDevice, "The Vulkan device \(device.facts.name) cannot compute; choose another one.")
        }
        family = UInt32(found)
        (facts, limits, memoryTypes) = (device.facts, properties.limits, MemoryTypes(device.handle))
        tick = families[found].timestampValidBits > 0 ? Double(properties.limits.timestampPeriod) : nil
        handle = try Self.open(device, family)
        var queue: VkQueue?
        vkGetDeviceQueue(handle, family, 0, &queue)
        guard let queue else {
            vkDestroyDevice(handle, nil)
            throw ComputeError(.failed, "The Vulkan device \(device.facts.name) has no queue.")
        }
        self.queue = Mutex(QueueHandle(handle: queue))
    }

    deinit { vkDestroyDevice(handle, nil) }

    private static func families(_ device: VkPhysicalDevice) -> [VkQueueFamilyProperties] {
        var count: UInt32 = 0
        vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nil)
        var families = [VkQueueFamilyProperties](repeating: VkQueueFamilyProperties(), count: Int(count))
        vkGetPhysicalDeviceQueueFamilyProperties(device, &count, &families)
        return families
    }

    private static func open(_ device: VulkanInstance.Device, _ family: UInt32) throws(ComputeError) -> VkDevice {
        var made: VkDevice?
        let result = withUnsafePointer(to: Float(1)) { priority in
            var queue = VkDeviceQueueCreateInfo()
            queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO
            queue.queueFamilyIndex = family
            queue.queueCount = 1
            queue.pQueuePriorities = priority
            return withUnsafePointer(to: &queue) { queue in
                var info = VkDeviceCreateInfo()
                info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO
                info.queueCreateInfoCount = 1
                info.pQueueCreateInfos = queue
                return vkCreateDevice(device.handle, &info, nil, &made)
            }
        }
        try check(result, "open \(device.facts.name)")
        guard let made else { throw ComputeError(.failed, "The Vulkan driver opened no device.") }
        return made
    }

    /// Hands commands to the device; `fence` is signalled when they are done.
    func submit(_ commands: VkCommandBuffer, fence: VkFence) throws(ComputeError) {
        nonisolated(unsafe) let (commands, fence) = (commands, fence)
        let result = queue.withLock { queue in
            var list: VkCommandBuffer? = commands
            return withUnsafePointer(to: &list) { list in
                var info = VkSubmitInfo()
                info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO
                info.commandBufferCount = 1
                info.pCommandBuffers = list
                return vkQueueSubmit(queue.handle, 1, &info, fence)
            }
        }
        try check(result, "take a frame")
    }
}
