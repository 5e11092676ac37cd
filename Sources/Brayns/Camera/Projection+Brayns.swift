// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The near clip distance of a server that was told nothing, in scene units.
public let defaultNearClip = 1e-6

extension Projection {
    /// The camera's name in the protocol.
    public var braynsName: String {
        switch self {
        case .perspective: "perspective"
        case .orthographic: "orthographic"
        case .cylindric: "cylindric"
        }
    }

    /// The camera's parameters as `set-camera-NAME` takes them.
    public var braynsParameters: JSONValue {
        switch self {
        case .perspective(let fovy, let apertureRadius, let focusDistance):
            [
                "fovy": .double(fovy), "aperture_radius": .double(apertureRadius),
                "focus_distance": .double(focusDistance),
            ]
        case .orthographic(let height): ["height": .double(height)]
        case .cylindric(let fovy): ["fovy": .double(fovy)]
        }
    }
}

extension CameraRegion {
    /// The whole picture, with y pointing up.
    public static let whole = CameraRegion(start: SIMD2(0, 1), end: SIMD2(1, 0))
}
