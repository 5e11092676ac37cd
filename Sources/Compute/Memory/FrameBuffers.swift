// SPDX-License-Identifier: Apache-2.0
import CVulkan

/// The memory of one frame under way; it grows when a frame needs more and is never given back between frames.
struct FrameBuffers {
    /// Written by the processor: samples, numbers, planes.
    private(set) var upload: DeviceBuffer?
    private(set) var source: DeviceBuffer?
    private(set) var light: DeviceBuffer?
    private(set) var sums: DeviceBuffer?
    private(set) var numbers: DeviceBuffer?
    private(set) var result: DeviceBuffer?
    private(set) var planes: DeviceBuffer?
    private(set) var guides: DeviceBuffer?
    private(set) var fine: DeviceBuffer?
    private(set) var clean: DeviceBuffer?
    private(set) var noise: DeviceBuffer?
    /// Read by the processor.
    private(set) var download: DeviceBuffer?
    /// How often memory was asked for.
    private(set) var allocations = 0

    /// What the passes see, in the order of their bindings.
    var bound: [DeviceBuffer?] { [source, light, sums, numbers, result, planes, guides, fine, clean, noise] }

    /// Makes room for a frame.
    ///
    /// - Returns: whether the buffers that passes see are others than before.
    mutating func grow(to sizes: FramePlan.Sizes, on device: VulkanDevice) throws(ComputeError) -> Bool {
        // Staging first: where it fails, what the passes see is as it was; where another fails, that one is made anew by
        // the next frame, which then tells of the change.
        let staging =
            try Self.grow(&upload, to: sizes.source + sizes.numbers + sizes.planes, .upload, device)
            + Self.grow(&download, to: sizes.result, .download, device)
        var changes = 0
        changes += try Self.grow(&source, to: sizes.source, .device, device)
        changes += try Self.grow(&light, to: sizes.light, .device, device)
        changes += try Self.grow(&sums, to: sizes.sums, .device, device)
        changes += try Self.grow(&numbers, to: sizes.numbers, .device, device)
        changes += try Self.grow(&result, to: sizes.result, .device, device)
        changes += try Self.grow(&planes, to: sizes.planes, .device, device)
        changes += try Self.grow(&guides, to: sizes.guides, .device, device)
        changes += try Self.grow(&fine, to: sizes.fine, .device, device)
        changes += try Self.grow(&clean, to: sizes.clean, .device, device)
        changes += try Self.grow(&noise, to: sizes.noise, .device, device)
        allocations += changes + staging
        return changes > 0
    }

    /// - Returns: how often memory was asked for.
    private static func grow(
        _ buffer: inout DeviceBuffer?, to bytes: Int, _ use: MemoryTypes.Use, _ device: VulkanDevice
    ) throws(ComputeError) -> Int {
        if let buffer, buffer.byteCount >= bytes { return 0 }
        // The old one goes first: there may be no room for both.
        buffer = nil
        // Whole pieces, so that a frame that is a little larger finds room too.
        let piece = 1 << 20
        buffer = try DeviceBuffer(device, byteCount: max(piece, (bytes + piece - 1) / piece * piece), use: use)
        return 1
    }
}
