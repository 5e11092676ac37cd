// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// The kinds of memory that a device has.
struct MemoryTypes: Sendable {
    /// What memory is used for.
    enum Use: Sendable, CaseIterable {
        /// Only the device touches it.
        case device
        /// The processor writes, the device copies.
        case upload
        /// The device writes, the processor reads.
        case download

        /// Flags in order of preference; the last are the least that will do.
        var wanted: [UInt32] {
            let device = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT.rawValue
            let shared =
                VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT.rawValue | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT.rawValue
            switch self {
            case .device: return [device, 0]
            case .upload: return [shared]
            // Reading memory that the processor does not cache is slower than computing anew.
            case .download: return [shared | VK_MEMORY_PROPERTY_HOST_CACHED_BIT.rawValue, shared]
            }
        }
    }

    private(set) var flags: [UInt32] = []
    private(set) var heaps: [VkMemoryHeap] = []

    init(_ device: VkPhysicalDevice) {
        var properties = VkPhysicalDeviceMemoryProperties()
        vkGetPhysicalDeviceMemoryProperties(device, &properties)
        withUnsafeBytes(of: properties.memoryTypes) { raw in
            flags = raw.bindMemory(to: VkMemoryType.self).prefix(Int(properties.memoryTypeCount)).map(\.propertyFlags)
        }
        withUnsafeBytes(of: properties.memoryHeaps) { raw in
            heaps = Array(raw.bindMemory(to: VkMemoryHeap.self).prefix(Int(properties.memoryHeapCount)))
        }
    }

    init(flags: [UInt32]) { self.flags = flags }

    /// The number of the type for a use among those that a buffer allows, or `nil`.
    ///
    /// - Parameter allowed: a bit for every type.
    func type(for use: Use, allowed: UInt32) -> UInt32? {
        for wanted in use.wanted {
            if let type = flags.indices.first(where: { allowed >> $0 & 1 == 1 && flags[$0] & wanted == wanted }) {
                return UInt32(type)
            }
        }
        return nil
    }
}
