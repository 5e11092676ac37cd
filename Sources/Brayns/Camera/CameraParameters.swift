// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The parameters of the perspective camera.
public struct PerspectiveParameters: Codable, Hashable, Sendable {
    /// Vertical field of view in degrees, above 0 and below 180.
    public var fovy: Double
    /// Radius of the lens in scene units; 0 keeps everything sharp.
    public var apertureRadius: Double
    /// Distance of what is sharp, in scene units.
    public var focusDistance: Double

    public init(fovy: Double = 45, apertureRadius: Double = 0, focusDistance: Double = 1) {
        (self.fovy, self.apertureRadius, self.focusDistance) = (fovy, apertureRadius, focusDistance)
    }

    enum CodingKeys: String, CodingKey {
        case fovy
        case apertureRadius = "aperture_radius"
        case focusDistance = "focus_distance"
    }
}

/// The parameters of the orthographic camera.
public struct OrthographicParameters: Codable, Hashable, Sendable {
    /// The picture's height in scene units, above 0.
    public var height: Double

    public init(height: Double) { self.height = height }
}

/// The parameters of the cylindric camera, which a plugin brings.
public struct CylindricParameters: Codable, Hashable, Sendable {
    /// Vertical field of view in degrees.
    public var fovy: Double

    public init(fovy: Double = 45) { self.fovy = fovy }
}

/// The part of the picture plane that is drawn, in fractions; the default is all of it, with y pointing up.
public struct CameraRegion: Codable, Hashable, Sendable {
    /// The fraction at the picture's upper left corner.
    public var start: SIMD2<Double>
    /// The fraction at the picture's lower right corner.
    public var end: SIMD2<Double>

    public init(start: SIMD2<Double> = SIMD2(0, 1), end: SIMD2<Double> = SIMD2(1, 0)) {
        (self.start, self.end) = (start, end)
    }

    /// The whole picture.
    public static let whole = CameraRegion()

    enum CodingKeys: String, CodingKey {
        case start = "image_start"
        case end = "image_end"
    }
}

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

/// A camera or renderer by name with its parameters, as `snapshot` takes them.
public struct NamedParameters: Codable, Hashable, Sendable {
    public var name: String
    public var params: JSONValue

    public init(name: String, params: JSONValue) { (self.name, self.params) = (name, params) }
}
