// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// Why a compute device did not do its work.
public struct ComputeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// There is no Vulkan on this machine, or none that starts.
        case noDriver
        /// There is no device of that number, or none that is fit.
        case noDevice
        /// The device stopped answering; nothing more can be asked of it.
        case deviceLost
        /// The device, or the machine for it, has no memory left.
        case outOfMemory
        /// A picture is beyond what the device can address at once.
        case tooLarge
        /// Any other refusal of the driver.
        case failed
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    /// The driver's own number for it, if it gave one.
    public var result: Int32?

    public init(_ code: Code, _ message: String, result: Int32? = nil) {
        (self.code, self.message, self.result) = (code, message, result)
    }

    public var description: String { message }
}

/// Throws what a result says, unless it is success.
///
/// - Parameter what: what was tried, as the object of "could not".
func check(_ result: VkResult, _ what: @autoclosure () -> String) throws(ComputeError) {
    switch result {
    case VK_SUCCESS: return
    case VK_ERROR_DEVICE_LOST:
        throw ComputeError(.deviceLost, "The Vulkan device was lost: it could not \(what()).", result: result.rawValue)
    case VK_ERROR_OUT_OF_HOST_MEMORY, VK_ERROR_OUT_OF_DEVICE_MEMORY, VK_ERROR_OUT_OF_POOL_MEMORY,
        VK_ERROR_FRAGMENTED_POOL, VK_ERROR_TOO_MANY_OBJECTS:
        throw ComputeError(
            .outOfMemory, "The Vulkan device is out of memory: it could not \(what()).", result: result.rawValue)
    default:
        throw ComputeError(
            .failed, "The Vulkan driver could not \(what()) (result \(result.rawValue)).", result: result.rawValue)
    }
}
