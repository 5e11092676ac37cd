// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Logging
import Scene

extension BraynsFrameRenderer {
    /// The method of a real Brayns that sends float planes; like `snapshot` it waits in steps of a second.
    private static let buffersMethod = "export-gbuffers"

    /// How one frame is fetched.
    enum FrameMethod: String {
        case snapshot
        case renderImage = "render-image"
        case planes = "render-planes"
        case buffers = "export-gbuffers"
    }

    func render(_ frame: FrameRequest) async throws -> RenderedFrame {
        try await stage("render", of: "frame of \(frame.width)x\(frame.height)", within: frame.timeout) { clock in
            guard frame.width > 0, frame.height > 0 else {
                throw RendererError(
                    .limits, stage: "render", "A frame of \(frame.width)x\(frame.height) has no pixels.")
            }
            let asked = PixelSize(width: frame.width, height: frame.height)
            let size = session.isDarkroom ? asked : asked.enlargedToSmallestSide
            let start = ContinuousClock.now
            var notes = try await light(frame, clock)
            if size != asked {
                notes.append(
                    "Drawn at \(size.width)x\(size.height) for \(asked.width)x\(asked.height), which would end a real"
                        + " Brayns; to be shrunk.")
            }
            var drawn: RenderedFrame
            switch try method(for: frame, size) {
            case .planes: drawn = try await planes(frame, size, clock)
            case .buffers: drawn = try await buffers(frame, size, clock)
            case .renderImage: drawn = try await renderImage(frame, size, clock)
            case .snapshot: drawn = try await snapshot(frame, size, clock)
            }
            speed.note(
                ContinuousClock.now - start, pixels: size.width * size.height, samples: frame.renderer.samplesPerPixel)
            let total = (ContinuousClock.now - start).inSeconds
            let known = drawn.stageSeconds.values.reduce(0, +)
            drawn.stageSeconds["request"] = max(0, total - known)
            drawn.notes = notes + drawn.notes
            return drawn
        }
    }

    private func method(for frame: FrameRequest, _ size: PixelSize) throws(RendererError) -> FrameMethod {
        let hasPlanes = session.registry.contains(BraynsInstance.planesMethod)
        if hasPlanes, frame.wantsPlanes || frame.needsPlanes { return .planes }
        if frame.needsPlanes {
            if session.registry.contains(Self.buffersMethod) { return .buffers }
            throw RendererError(
                .limits, stage: "render",
                "\(session.name) has neither \(BraynsInstance.planesMethod) nor \(Self.buffersMethod), and this job needs"
                    + " float planes: leave out denoise and .exr outputs, or use the built-in renderer.")
        }
        let expected = speed.expected(
            pixels: size.width * size.height, samples: frame.renderer.samplesPerPixel)
        let (method, reason) = CapturePolicy(
            wanted: options.capture, isExclusive: session.isExclusive, hasForeign: held.hasForeign,
            expected: expected, longFrame: options.longFrame
        ).choice
        if method != lastMethod {
            options.logger.info("Frames come from \(session.name) by \(method.rawValue): \(reason).")
            lastMethod = method
        }
        return method
    }

    /// Gives the scene the lights of the files and of this frame, when it does not have them yet.
    ///
    /// - Returns: sentences for the report.
    private func light(_ frame: FrameRequest, _ clock: StageClock) async throws -> [String] {
        var wanted = held.fileLights + frame.lights
        var notes: [String] = []
        if frame.renderer.kind == .production, wanted.isEmpty, !session.isDarkroom, try await !hasForeignLight(clock) {
            // A stock OSPRay 2.10.0 ends when it traces paths without any light.
            wanted = [.ambient(intensity: 0)]
            notes.append("A black light was added: a stock Brayns ends when it traces paths without lights.")
        }
        guard wanted != held.lights else { return notes }
        told.hasDrawn = false
        if !held.lightIDs.isEmpty {
            let ids = held.lightIDs
            (held.lights, held.lightIDs) = ([], [])
            if session.process != nil {
                try await clock.instance.lights.clear()
            } else {
                try await clock.instance.lights.remove(ids)
            }
        }
        for light in wanted { held.lightIDs.append(try await clock.instance.lights.add(light).id) }
        held.lights = wanted
        return notes
    }
}

extension BraynsFrameRenderer {
    /// Whether somebody else has put a light into the scene.
    private func hasForeignLight(_ clock: StageClock) async throws -> Bool {
        guard held.hasForeign else { return false }
        let ours = Set(held.lightIDs)
        return try await clock.instance.scene().models.contains { $0.isLight && !ours.contains($0.id) }
    }
}

extension FloatPlanes.Channel {
    /// The channel by its name on the wire.
    var bufferChannel: BufferChannel {
        switch self {
        case .albedo: .albedo
        case .normal: .normal
        case .depth: .depth
        case .variance: .variance
        case .fineAlbedo: .fineAlbedo
        case .fineNormal: .fineNormal
        }
    }
}

extension FrameRequest {
    /// The planes besides colour, always in the same order.
    var bufferChannels: [BufferChannel] {
        FloatPlanes.Channel.allCases.filter(channels.contains).map(\.bufferChannel)
    }

    /// The whole camera of the frame.
    var camera: Camera {
        Camera(view: view, projection: projection, nearClip: nearClip ?? defaultNearClip)
    }
}
