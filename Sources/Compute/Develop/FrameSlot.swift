// SPDX-License-Identifier: Apache-2.0
import CVulkan
import ImageCore

/// One frame under way: its memory, its command buffer, and the fence that says it is done.
///
/// Used by one thread at a time; the ring sees to that.
final class FrameSlot: @unchecked Sendable {
    // Sendable: handed from thread to thread by `FrameRing`, never held by two.

    private let device: VulkanDevice
    private let pipelines: PassPipelines
    private let handles: FrameHandles
    private(set) var buffers = FrameBuffers()
    /// The kind of frame whose numbers lie on the device.
    private var resident: FramePlan.Kind?
    /// Times of the last frame; `nil` where the device has no clock.
    private(set) var times: FrameTimes?

    /// How long a frame may take before the device counts as lost: software takes seconds for a large one.
    private static let patience: UInt64 = 120_000_000_000

    init(_ device: VulkanDevice, _ pipelines: PassPipelines) throws(ComputeError) {
        (self.device, self.pipelines) = (device, pipelines)
        handles = try FrameHandles(device, setLayout: pipelines.setLayout)
    }

    /// Runs a frame through its passes and hands its result to `read`.
    func run<Result: ~Copyable>(
        _ plan: FramePlan, _ picture: borrowing PixelBuffer, _ guides: borrowing DenoiseGuides,
        read: (UnsafeRawPointer) -> Result
    ) throws(ComputeError) -> Result {
        if try buffers.grow(to: plan.sizes, on: device) {
            handles.bind(buffers.bound)
            resident = nil
        }
        guard let upload = buffers.upload?.mapped, let download = buffers.download?.mapped else {
            throw ComputeError(.failed, "The Vulkan driver maps no memory.")
        }
        Self.copy(picture, to: upload)
        if resident != plan.kind {
            plan.numbers.withUnsafeBytes {
                (upload + plan.sizes.source).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
            }
        }
        if let denoise = plan.kind.denoise {
            Self.copy(guides, denoise.planes, to: upload + plan.sizes.source + plan.sizes.numbers)
        }
        try record(plan)
        try handles.reset()
        try device.submit(handles.commands, fence: handles.fence)
        resident = plan.kind
        try handles.wait(Self.patience)
        times = device.tick.flatMap { tick in
            handles.stamps().map { FrameTimes(stamps: $0, tick: tick) }
        }
        return read(UnsafeRawPointer(download))
    }

    /// Copies a picture's rows without what pads them.
    private static func copy(_ picture: borrowing PixelBuffer, to target: UnsafeMutableRawPointer) {
        let row = picture.rowByteCount
        if picture.stride == row { return target.copyMemory(from: picture.base, byteCount: row * picture.height) }
        for y in 0..<picture.height { (target + y * row).copyMemory(from: picture.row(y), byteCount: row) }
    }

    /// Copies the planes that there are, one after another.
    private static func copy(
        _ guides: borrowing DenoiseGuides, _ planes: FramePlan.Planes, to target: UnsafeMutableRawPointer
    ) {
        var place = target
        func add(_ plane: borrowing PixelBuffer?) {
            switch plane {
            case .some(let plane):
                copy(plane, to: place)
                place += plane.rowByteCount * plane.height
            case .none: break
            }
        }
        add(guides.albedo)
        add(guides.normal)
        add(guides.fineAlbedo)
        add(guides.fineNormal)
        add(guides.variance)
    }

    private func record(_ plan: FramePlan) throws(ComputeError) {
        let commands = handles.commands
        try handles.begin()
        handles.stamp(0)
        copy(buffers.upload, to: buffers.source, bytes: plan.sizes.source)
        if resident != plan.kind {
            copy(buffers.upload, from: plan.sizes.source, to: buffers.numbers, bytes: plan.sizes.numbers)
        }
        copy(
            buffers.upload, from: plan.sizes.source + plan.sizes.numbers, to: buffers.planes, bytes: plan.sizes.planes)
        handles.order(.transfer, before: .compute)
        handles.stamp(1)
        handles.bindSet(to: pipelines.layout)
        for pass in plan.passes {
            vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipelines.pipelines[pass.shader.rawValue])
            withUnsafeBytes(of: pass.order) { order in
                vkCmdPushConstants(
                    commands, pipelines.layout, VK_SHADER_STAGE_COMPUTE_BIT.rawValue, 0, UInt32(order.count),
                    order.baseAddress)
            }
            let (x, y) = Self.groups(of: pass.invocations)
            vkCmdDispatch(commands, x, y, 1)
            handles.order(.compute, before: .compute)
        }
        handles.order(.compute, before: .transfer)
        handles.stamp(2)
        copy(buffers.result, to: buffers.download, bytes: plan.sizes.result)
        handles.order(.transfer, before: .processor)
        handles.stamp(3)
        try handles.end()
    }

    /// Groups of 64 in two dimensions: one dimension may have no more than 65535.
    static func groups(of invocations: Int) -> (x: UInt32, y: UInt32) {
        let groups = max(1, (invocations + 63) / 64)
        let columns = min(groups, 32768)
        return (UInt32(columns), UInt32((groups + columns - 1) / columns))
    }

    private func copy(_ source: DeviceBuffer?, from place: Int = 0, to target: DeviceBuffer?, bytes: Int) {
        guard let source, let target, bytes > 0 else { return }
        var region = VkBufferCopy(srcOffset: VkDeviceSize(place), dstOffset: 0, size: VkDeviceSize(bytes))
        vkCmdCopyBuffer(handles.commands, source.handle, target.handle, 1, &region)
    }
}
