// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// Renders a picture without changing the server's state (but for the simulation frame) and sends it.
    ///
    /// Takes whole seconds on a real server, which sleeps between looks at the renderer. Empty when the request names
    /// a file for the server to write.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for what would end a real server, unless `isGuarded` is off.
    public func snapshot(_ request: SnapshotRequest, progress: ProgressHandler? = nil) async throws -> [UInt8] {
        try await refuseDeadly(request)
        let reply = try await send("snapshot", try json(request, for: "snapshot"), progress: progress)
        let buffer = try result(of: "snapshot", reply, as: SnapshotReply.self).colorBuffer
        let (end, overflow) = buffer.offset.addingReportingOverflow(buffer.size)
        guard buffer.offset >= 0, buffer.size >= 0, !overflow, end <= reply.payload.count else {
            throw BraynsError(.badReply, "\(peer) answered snapshot with a picture that lies outside its reply.")
        }
        return end == reply.payload.count && buffer.offset == 0
            ? reply.payload : Array(reply.payload[buffer.offset..<end])
    }

    /// Renders and sends the server's own picture: its camera, renderer and viewport, shared by all clients.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for what would end a real server, unless `isGuarded` is off.
    public func renderImage(_ request: RenderImageRequest = RenderImageRequest()) async throws -> RenderedImage {
        try request.refuseContradiction()
        if request.render != false { try await refuseDeadlyState() }
        return try await drawImage(request)
    }

    /// What `renderImage` does, without a look at the lights.
    func drawImage(_ request: RenderImageRequest) async throws -> RenderedImage {
        let reply = try await send("render-image", try json(request, for: "render-image"))
        let state = try result(of: "render-image", reply, as: RenderImageReply.self)
        return RenderedImage(
            accumulation: state.accumulation, maxAccumulation: state.maxAccumulation, data: reply.payload)
    }

    /// Renders channels of a picture into an OpenEXR file; empty when the request names a file for the server to write.
    ///
    /// - Throws: `BraynsError`, `.badArgument` without channels and, unless `isGuarded` is off, for what would end a
    ///   real server.
    public func exportBuffers(_ request: BufferRequest, progress: ProgressHandler? = nil) async throws -> [UInt8] {
        guard !request.channels.isEmpty else {
            throw BraynsError(.badArgument, "An export of buffers needs at least one channel.")
        }
        try await refuseDeadly(request)
        return try await send("export-gbuffers", try json(request, for: "export-gbuffers"), progress: progress).payload
    }

    /// What lies at a point of the picture: fractions of its width and height, y up; `nil` for nothing.
    public func pick(at position: SIMD2<Double>) async throws -> PickResult? {
        let found = try await call(Methods.inspect, PickRequest(position: position))
        return found.hit ? found : nil
    }
}

extension RenderImageRequest {
    /// Throws for what every server refuses.
    fileprivate func refuseContradiction() throws(BraynsError) {
        guard send == false, force == true else { return }
        throw BraynsError(.badArgument, "render-image cannot be made to send a picture while sending is off.")
    }
}
