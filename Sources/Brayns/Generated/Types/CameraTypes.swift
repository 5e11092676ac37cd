// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// The parameters of the perspective camera.
public struct PerspectiveParameters: Codable, Hashable, Sendable {
    /// Vertical field of view in degrees, above 0 and below 180.
    public var fovy: Double?
    /// Radius of the lens in scene units; 0 keeps everything sharp.
    public var apertureRadius: Double?
    /// Distance of what is sharp, in scene units.
    public var focusDistance: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(fovy: Double? = nil, apertureRadius: Double? = nil, focusDistance: Double? = nil) {
        self.fovy = fovy
        self.apertureRadius = apertureRadius
        self.focusDistance = focusDistance
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

    /// Takes every value.
    public init(height: Double) {
        self.height = height
    }
}

/// The parameters of the cylindric camera, which a plugin brings.
public struct CylindricParameters: Codable, Hashable, Sendable {
    /// Vertical field of view in degrees.
    public var fovy: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(fovy: Double? = nil) {
        self.fovy = fovy
    }
}

/// The part of the picture plane that is drawn, in fractions.
public struct CameraRegion: Codable, Hashable, Sendable {
    /// The fraction at the picture's upper left corner.
    public var start: SIMD2<Double>
    /// The fraction at the picture's lower right corner.
    public var end: SIMD2<Double>

    /// Takes every value.
    public init(start: SIMD2<Double>, end: SIMD2<Double>) {
        self.start = start
        self.end = end
    }

    enum CodingKeys: String, CodingKey {
        case start = "image_start"
        case end = "image_end"
    }
}

/// The parameters and the result of the near clip methods.
public struct NearClip: Codable, Hashable, Sendable {
    /// Distance below which nothing is drawn, in scene units.
    public var distance: Double

    /// Takes every value.
    public init(distance: Double) {
        self.distance = distance
    }
}
