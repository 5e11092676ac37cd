// SPDX-License-Identifier: Apache-2.0
import CVulkan
import ImageCore
import Synchronization

/// The develop chain on a Vulkan device: what `PixelBuffer.developed` gives, within 1/255.
///
/// Every frame is one command buffer. Frames that are alike allocate nothing but their pictures; two may be under way at
/// once. May be used from any thread.
public final class VulkanEngine: DevelopEngine {
    /// The device it computes on.
    public let device: ComputeDevice
    public var name: String { "Vulkan device \(device.index), \(device.name)" }

    private struct State {
        /// What ended the device's service.
        var failure: ComputeError?
        /// The frames that came last.
        var plan: FramePlan?
        var times: FrameTimes?
        var allocations = 0
    }

    private let vulkan: VulkanDevice
    private let ring: FrameRing
    private let state = Mutex(State())

    /// Opens a device.
    ///
    /// - Parameter index: of the list of `ComputeDevice.all()`.
    /// - Throws: `ComputeError`.
    public init(device index: Int) throws(ComputeError) {
        vulkan = try VulkanDevice(index: index)
        device = vulkan.facts
        let pipelines = try PassPipelines(vulkan)
        ring = FrameRing([try FrameSlot(vulkan, pipelines), try FrameSlot(vulkan, pipelines)])
    }

    /// How long the last frame took by the device's clock; `nil` before the first, and where it has none.
    public var times: FrameTimes? { state.withLock { $0.times } }

    /// How often any frame asked the device for memory.
    package var allocations: Int { state.withLock { $0.allocations } }

    /// - Throws: `ComputeError`. After `.deviceLost` every call throws it again at once.
    public func developed(
        _ picture: borrowing PixelBuffer, _ development: Development, denoise: DenoiseSettings?,
        guides: borrowing DenoiseGuides, statisticsOver background: SIMD4<Float>?
    ) throws -> DevelopedFrame {
        let readable = development.readable(picture.format)
        if readable != picture.format {
            return try developed(
                picture.converted(to: readable), development, denoise: denoise, guides: guides,
                statisticsOver: background)
        }
        let denoise = try denoise.flatMap { try self.denoise($0, guides, of: picture, development) }
        guard picture.width > 0, picture.height > 0 else {
            return DevelopedFrame(pictures: development.targets(hasSource: false), statistics: .ofNothing)
        }
        let plan = try plan(
            FramePlan.Kind(
                width: picture.width, height: picture.height, format: picture.format, development: development,
                denoise: denoise, background: background))
        return try run(plan, picture, guides)
    }

    /// What the denoiser has to do; `nil` for nothing.
    private func denoise(
        _ settings: DenoiseSettings, _ guides: borrowing DenoiseGuides, of picture: borrowing PixelBuffer,
        _ development: Development
    ) throws -> FramePlan.Denoise? {
        try settings.check()
        try guides.check(width: picture.width, height: picture.height)
        if settings.isNeutral { return nil }
        guard development.source == .picture, development.transfer == .linear else {
            throw ComputeError(.failed, "The Vulkan device takes noise out of linear light only.")
        }
        return FramePlan.Denoise(
            strength: settings.strength, guideNoise: GuideNoise(samples: guides.samples),
            planes: FramePlan.Planes(guides))
    }

    private func run(
        _ plan: FramePlan, _ picture: borrowing PixelBuffer, _ guides: borrowing DenoiseGuides
    ) throws(ComputeError) -> DevelopedFrame {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        do {
            return try ring.withSlot { slot throws(ComputeError) in
                let before = slot.buffers.allocations
                defer {
                    let made = slot.buffers.allocations - before
                    state.withLock { state in
                        state.allocations += made
                        state.times = slot.times
                    }
                }
                return try slot.run(plan, picture, guides) { result in
                    DevelopedFrame(pictures: plan.pictures(in: result), statistics: plan.statistics(in: result))
                }
            }
        } catch {
            if error.code == .deviceLost { state.withLock { $0.failure = error } }
            throw error
        }
    }

    /// What to do with frames of a kind; the last kind's is kept, for frames come in batches.
    private func plan(_ kind: FramePlan.Kind) throws(ComputeError) -> FramePlan {
        if let plan = state.withLock({ $0.plan }), plan.kind == kind { return plan }
        let most = min(Int(vulkan.limits.maxStorageBufferRange), Int(UInt32.max))
        let plan = try FramePlan(kind, mostBytes: most)
        state.withLock { $0.plan = plan }
        return plan
    }
}
