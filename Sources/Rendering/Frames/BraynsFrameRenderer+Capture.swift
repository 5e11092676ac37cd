// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Scene

extension BraynsFrameRenderer {
    // MARK: Methods that leave the backend's state alone

    func snapshot(_ frame: FrameRequest, _ size: PixelSize, _ clock: StageClock) async throws -> RenderedFrame {
        let request = stateless(frame, SnapshotRequest(imageSettings: .init(format: .png, size: size)))
        let start = ContinuousClock.now
        let bytes = try await clock.instance.snapshot(request)
        return try drawn(bytes, "snapshot", ["render": (ContinuousClock.now - start).inSeconds])
    }

    func planes(_ frame: FrameRequest, _ size: PixelSize, _ clock: StageClock) async throws -> RenderedFrame {
        let request = stateless(frame, BufferRequest(channels: [.color] + frame.bufferChannels, resolution: size))
        let start = ContinuousClock.now
        let reply = try await clock.instance.renderPlanes(request, guideSamples: frame.guideSamples)
        guard let color = reply.planes[.color], color.count == reply.width * reply.height * 4 else {
            throw RendererError(.remote, stage: "render", "\(session.name) sent float planes without colour.")
        }
        guard (reply.width, reply.height) == (size.width, size.height) else {
            throw RendererError(
                .remote, stage: "render",
                "\(session.name) sent float planes of \(reply.width)x\(reply.height) pixels where"
                    + " \(size.width)x\(size.height) were asked for.")
        }
        var planes = FloatPlanes(width: reply.width, height: reply.height, color: color)
        for channel in frame.channels { planes[channel] = reply.planes[channel.bufferChannel] ?? [] }
        return RenderedFrame(
            pixels: .planes(planes), method: FrameMethod.planes.rawValue,
            stageSeconds: ["render": (ContinuousClock.now - start).inSeconds])
    }

    func buffers(_ frame: FrameRequest, _ size: PixelSize, _ clock: StageClock) async throws -> RenderedFrame {
        let channels: [BufferChannel] = [.color] + frame.bufferChannels.filter(BufferChannel.exported.contains)
        let request = stateless(frame, BufferRequest(channels: channels, resolution: size))
        let start = ContinuousClock.now
        let bytes = try await clock.instance.exportBuffers(request)
        guard !bytes.isEmpty else {
            throw RendererError(.remote, stage: "render", "\(session.name) answered export-gbuffers without buffers.")
        }
        return RenderedFrame(
            pixels: .buffers(bytes), method: FrameMethod.buffers.rawValue,
            stageSeconds: ["render": (ContinuousClock.now - start).inSeconds])
    }

    private func stateless<Request: PictureRequest>(_ frame: FrameRequest, _ base: Request) -> Request {
        var request = base
        request.use(frame.camera)
        request.use(frame.renderer)
        request.simulationFrame = frame.simulationFrame
        // The one thing of the shared state that a snapshot changes.
        if frame.simulationFrame != nil { touched.insert(.simulation) }
        return request
    }

    // MARK: The fast method, which draws the backend's own state

    func renderImage(_ frame: FrameRequest, _ size: PixelSize, _ clock: StageClock) async throws -> RenderedFrame {
        try await tell(frame, size, clock)
        // A second pass over an unchanged picture would add samples, so the picture is begun anew.
        if told.hasDrawn { try await clock.instance.setStaticFramebuffer() }
        var result = try await draw(clock)
        if result.image.accumulation > 1 {
            try await clock.instance.setStaticFramebuffer()
            result = try await draw(clock)
        }
        told.hasDrawn = true
        return try drawn(result.image.data, "render-image", result.seconds)
    }

    private func draw(_ clock: StageClock) async throws -> (image: RenderedImage, seconds: [String: Double]) {
        let start = ContinuousClock.now
        guard options.partsTransfer else {
            let image = try await clock.instance.renderImage(
                RenderImageRequest(accumulate: false, force: true, format: .png))
            return (image, ["render": (ContinuousClock.now - start).inSeconds])
        }
        var image = try await clock.instance.renderImage(RenderImageRequest(accumulate: false, send: false))
        let rendered = ContinuousClock.now
        image.data = try await clock.instance.renderImage(
            RenderImageRequest(force: true, format: .png, render: false)
        ).data
        return (
            image,
            ["render": (rendered - start).inSeconds, "transfer": (ContinuousClock.now - rendered).inSeconds]
        )
    }

    /// Brings the backend's state to what the frame asks for; what it has been told already is not repeated.
    private func tell(_ frame: FrameRequest, _ size: PixelSize, _ clock: StageClock) async throws {
        let camera = frame.camera
        let before = told
        touched.formUnion([.camera, .renderer, .viewport])
        if told.size != size {
            try await clock.instance.setViewport(size)
            told.size = size
        }
        if told.view != camera.view {
            try await clock.instance.setCameraView(camera.view)
            told.view = camera.view
        }
        if told.projection != camera.projection {
            try await clock.instance.setProjection(camera.projection)
            told.projection = camera.projection
        }
        if told.nearClip != camera.nearClip {
            try await clock.instance.setCameraNearClip(camera.nearClip)
            told.nearClip = camera.nearClip
        }
        if told.region != camera.region {
            try await clock.instance.setCameraRegion(camera.region)
            told.region = camera.region
        }
        if told.renderer != frame.renderer {
            try await clock.instance.setRenderer(frame.renderer)
            told.renderer = frame.renderer
        }
        if let index = frame.simulationFrame, told.simulationFrame != index {
            touched.insert(.simulation)
            try await clock.instance.setSimulationFrame(index)
            told.simulationFrame = index
        }
        if told != before { told.hasDrawn = false }
    }

    private func drawn(_ bytes: [UInt8], _ method: String, _ seconds: [String: Double]) throws -> RenderedFrame {
        guard !bytes.isEmpty else {
            throw RendererError(.remote, stage: "render", "\(session.name) answered \(method) without a picture.")
        }
        return RenderedFrame(pixels: .encoded(bytes), method: method, stageSeconds: seconds)
    }
}
