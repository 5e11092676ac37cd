// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    /// The name of the extension method that sends float planes.
    public static let planesMethod = "render-planes"
    /// The name of the extension method that tells about the scene.
    public static let sceneReportMethod = "get-scene-report"

    /// Renders float planes without changing the server's state; only where `registry` lists `planesMethod`.
    public func renderPlanes(_ request: BufferRequest) async throws -> RenderedPlanes {
        let reply = try await send(Self.planesMethod, try json(request, for: Self.planesMethod))
        return try result(of: Self.planesMethod, reply, as: PlaneReply.self).planes(in: reply.payload)
    }

    /// What Darkroom's own backend found in the scene's files; only where `registry` lists `sceneReportMethod`.
    public func backendSceneReport() async throws -> BackendSceneReport {
        try await call(Self.sceneReportMethod, as: BackendSceneReport.self)
    }
}
