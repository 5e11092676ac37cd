// SPDX-License-Identifier: Apache-2.0
import CVulkan
import CVulkanShim

/// Vulkan, loaded and begun.
final class VulkanInstance: @unchecked Sendable {
    // Sendable: Vulkan's instance may be used from any thread; it is not changed after init.

    /// A device and what is known of it.
    struct Device {
        var handle: VkPhysicalDevice
        var properties: VkPhysicalDeviceProperties
        var facts: ComputeDevice
    }

    /// 1.1, as VK_MAKE_API_VERSION would say it.
    static let version: UInt32 = 1 << 22 | 1 << 12

    let handle: VkInstance

    init() throws(ComputeError) {
        if let failure = cvulkan_load() {
            throw ComputeError(
                .noDriver,
                "There is no Vulkan on this machine: \(String(cString: failure)); install libvulkan1 and a driver "
                    + "(mesa-vulkan-drivers or the vendor's).")
        }
        var known: UInt32 = 0
        try check(vkEnumerateInstanceVersion(&known), "tell its version")
        guard known >= Self.version else {
            throw ComputeError(.noDriver, "The Vulkan of this machine is 1.0; 1.1 is needed: install a newer one.")
        }
        var application = VkApplicationInfo()
        application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO
        application.apiVersion = Self.version
        var made: VkInstance?
        let result = withUnsafePointer(to: &application) { application in
            var info = VkInstanceCreateInfo()
            info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO
            info.pApplicationInfo = application
            return vkCreateInstance(&info, nil, &made)
        }
        guard result != VK_ERROR_INCOMPATIBLE_DRIVER, result != VK_ERROR_INITIALIZATION_FAILED else {
            throw ComputeError(
                .noDriver,
                "Vulkan finds no driver on this machine; install one (mesa-vulkan-drivers or the vendor's).",
                result: result.rawValue)
        }
        try check(result, "begin")
        guard let made else { throw ComputeError(.noDriver, "Vulkan began without an instance.") }
        handle = made
    }

    deinit { vkDestroyInstance(handle, nil) }

    /// All devices, in the order of the loader.
    func devices() throws(ComputeError) -> [Device] {
        var count: UInt32 = 0
        try check(vkEnumeratePhysicalDevices(handle, &count, nil), "count its devices")
        var handles = [VkPhysicalDevice?](repeating: nil, count: Int(count))
        let result = vkEnumeratePhysicalDevices(handle, &count, &handles)
        if result != VK_INCOMPLETE { try check(result, "list its devices") }
        return handles.prefix(Int(count)).compactMap { $0 }.enumerated().map { index, handle in
            var properties = VkPhysicalDeviceProperties()
            vkGetPhysicalDeviceProperties(handle, &properties)
            return Device(handle: handle, properties: properties, facts: Self.facts(index, handle, properties))
        }
    }

    private static func facts(
        _ index: Int, _ handle: VkPhysicalDevice, _ properties: VkPhysicalDeviceProperties
    ) -> ComputeDevice {
        let kind: ComputeDevice.Kind =
            switch properties.deviceType {
            case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU: .discrete
            case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU: .integrated
            case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU: .virtual
            case VK_PHYSICAL_DEVICE_TYPE_CPU: .software
            default: .other
            }
        let name = withUnsafeBytes(of: properties.deviceName) { raw in
            String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        let heaps = MemoryTypes(handle).heaps.filter { $0.flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT.rawValue != 0 }
        return ComputeDevice(
            index: index, name: name, kind: kind, version: properties.apiVersion,
            memory: heaps.map { Int(clamping: $0.size) }.max() ?? 0)
    }
}
