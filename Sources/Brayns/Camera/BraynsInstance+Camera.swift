// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// The name of the camera in use: `perspective`, `orthographic`, `cylindric` or a plugin's.
    public func cameraType() async throws -> String { try await call(Methods.getCameraType) }

    /// The perspective camera's parameters.
    public func perspectiveCamera() async throws -> PerspectiveParameters {
        try await call(Methods.getCameraPerspective)
    }

    /// The orthographic camera's parameters.
    public func orthographicCamera() async throws -> OrthographicParameters {
        try await call(Methods.getCameraOrthographic)
    }

    /// The cylindric camera's parameters.
    public func cylindricCamera() async throws -> CylindricParameters {
        try await call(Methods.getCameraCylindric)
    }

    /// Makes the camera one of the three kinds, with its parameters.
    public func setProjection(_ projection: Projection) async throws {
        try await call("set-camera-\(projection.braynsName)", projection.braynsParameters)
    }

    /// Where the camera stands.
    public func cameraView() async throws -> View { try await call(Methods.getCameraView) }

    /// Moves the camera; a position equal to the target is refused by the server.
    public func setCameraView(_ view: View) async throws { try await call(Methods.setCameraView, view) }

    /// Distance below which nothing is drawn, in scene units.
    public func cameraNearClip() async throws -> Double {
        try await call(Methods.getCameraNearClip).distance
    }

    /// Sets the distance below which nothing is drawn, in scene units.
    public func setCameraNearClip(_ distance: Double) async throws {
        try await call(Methods.setCameraNearClip, NearClip(distance: distance))
    }

    /// The part of the picture plane that is drawn.
    public func cameraRegion() async throws -> CameraRegion {
        try await call(Methods.getCameraRegion)
    }

    /// Sets the part of the picture plane that is drawn.
    public func setCameraRegion(_ region: CameraRegion) async throws {
        try await call(Methods.setCameraRegion, region)
    }

    /// The camera in use, whole.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the camera is of a kind that this client does not know.
    public func camera() async throws -> Camera {
        let projection: Projection
        switch try await cameraType() {
        case "perspective":
            let p = try await perspectiveCamera()
            projection = .perspective(
                fovy: p.fovy ?? 45, apertureRadius: p.apertureRadius ?? 0, focusDistance: p.focusDistance ?? 1)
        case "orthographic": projection = .orthographic(height: try await orthographicCamera().height)
        case "cylindric": projection = .cylindric(fovy: try await cylindricCamera().fovy ?? 45)
        case let other:
            throw BraynsError(
                .badReply, "\(peer) has a camera of the kind '\(other)', which this client does not know.")
        }
        return Camera(
            view: try await cameraView(), projection: projection, nearClip: try await cameraNearClip(),
            region: try await cameraRegion())
    }

    /// Sets view, projection, near clip and region.
    public func setCamera(_ camera: Camera) async throws {
        try await setCameraView(camera.view)
        try await setProjection(camera.projection)
        try await setCameraNearClip(camera.nearClip)
        try await setCameraRegion(camera.region)
    }
}
