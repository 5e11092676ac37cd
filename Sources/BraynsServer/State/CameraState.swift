// SPDX-License-Identifier: Apache-2.0
import Raytracer
import Scene

/// The camera that all clients share.
struct CameraState: Sendable, Hashable {
    var projection = Projection.perspective()
    var view = View(position: .zero, target: Vector3(0, 0, 1))
    var nearClip = 1e-6
    var regionStart = SIMD2<Double>(0, 1)
    var regionEnd = SIMD2<Double>(1, 0)

    /// The projection's name as the protocol writes it.
    var typeName: String {
        switch projection {
        case .perspective: "perspective"
        case .orthographic: "orthographic"
        case .cylindric: "cylindric"
        }
    }

    var settings: CameraSettings {
        CameraSettings(
            view: view, projection: projection, nearClip: nearClip, regionStart: regionStart, regionEnd: regionEnd)
    }

    /// Says what keeps a view from being used.
    static func check(_ view: View) throws(RPCFailure) {
        if view.position == view.target { throw .internalError("View position cannot be equal to view target") }
        guard let up = view.up.normalized else { throw .internalError("View up cannot be zero length") }
        guard let direction = (view.target - view.position).normalized, direction.cross(up).length > 1e-6 else {
            throw .internalError("View direction and up cannot be aligned")
        }
    }

    /// Says what keeps a projection from being used.
    static func check(_ projection: Projection) throws(RPCFailure) {
        switch projection {
        case .perspective(let fovy, let apertureRadius, _):
            guard fovy > 0 else { throw .internalError("Perspective fovy must be greater than 0") }
            guard fovy < 180 else { throw .internalError("Perspective fovy must be less than 180") }
            guard apertureRadius >= 0 else { throw .internalError("Perspective aperture cannot be negative") }
        case .orthographic(let height):
            guard height > 0 else { throw .internalError("Orthographic height must be greater than 0") }
        case .cylindric(let fovy):
            guard fovy > 0 else { throw .internalError("Cylindric fovy must be greater than 0") }
            guard fovy < 180 else { throw .internalError("Cylindric fovy must be less than 180") }
        }
    }

    static func checkNearClip(_ distance: Double) throws(RPCFailure) {
        guard distance >= 0 else { throw .internalError("Near clip distance cannot be negative") }
    }

    static func checkRegion(_ corners: SIMD2<Double>...) throws(RPCFailure) {
        for corner in corners where !(corner.x >= 0 && corner.x <= 1 && corner.y >= 0 && corner.y <= 1) {
            throw .internalError("Image region must lie between 0 and 1")
        }
    }
}
