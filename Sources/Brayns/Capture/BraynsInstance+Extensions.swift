// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// The name of the extension method that sends float planes.
    public static let planesMethod = "render-planes"
    /// The name of the extension method that tells about the scene.
    public static let sceneReportMethod = "get-scene-report"
    /// The name of the extension method that finds the points a picture has to hold.
    public static let outermostPointsMethod = "get-outermost-points"

    /// Renders float planes without changing the server's state; only where `registry` lists `planesMethod`.
    ///
    /// - Parameter guideSamples: samples of `fineAlbedo` and `fineNormal`, the colour's own among them, 1…1024; the
    ///   server takes 16 when `nil`. With no more than the colour has these planes are `albedo` and `normal`.
    public func renderPlanes(_ request: BufferRequest, guideSamples: Int? = nil) async throws -> RenderedPlanes {
        var params = try json(request, for: Self.planesMethod)
        if let guideSamples, case .object(var members) = params {
            members["guide_samples"] = .int(Int64(guideSamples))
            params = .object(members)
        }
        let reply = try await send(Self.planesMethod, params)
        return try result(of: Self.planesMethod, reply, as: PlaneReply.self).planes(in: reply.payload)
    }

    /// What Darkroom's own backend found in the scene's files; only where `registry` lists `sceneReportMethod`.
    public func backendSceneReport() async throws -> BackendSceneReport {
        try await call(Self.sceneReportMethod, as: BackendSceneReport.self)
    }

    /// The scene's points that lie furthest out along each direction, none for an empty scene; only where `registry`
    /// lists `outermostPointsMethod`.
    public func outermostPoints(along directions: [Vector3]) async throws -> [Vector3] {
        try await call(Self.outermostPointsMethod, ["directions": directions], as: [Vector3].self)
    }
}
