// SPDX-License-Identifier: Apache-2.0
import Scene

/// Points in space, as scanners give them, with or without a colour each.
public struct PointCloud: Sendable {
    /// Three floats a point.
    public var positions: [Float] = []
    /// sRGB red, green, blue, three bytes a point; empty when the points have no colours.
    public var colors: [UInt8] = []

    public init() {}

    /// Number of points.
    public var count: Int { positions.count / 3 }

    /// The box around all points.
    public var bounds: Bounds {
        var result = Bounds.empty
        for point in 0..<count { result.formUnion(position(point)) }
        return result
    }

    /// One point's position, in double precision.
    public func position(_ point: Int) -> Vector3 {
        Vector3(Double(positions[3 * point]), Double(positions[3 * point + 1]), Double(positions[3 * point + 2]))
    }

    /// The radius that lets neighbours touch when the points lie on a surface as large as the box's largest side.
    ///
    /// Half the spacing of an even grid of as many points over that side, a little more so that no gaps show; a box
    /// without area counts by its length, a single point has the radius one.
    public var usualRadius: Double {
        let bounds = bounds
        guard count > 1, !bounds.isEmpty else { return 1 }
        let size = bounds.max - bounds.min
        let edges = [size.x, size.y, size.z].sorted(by: >)
        guard edges[0] > 0 else { return 1 }
        let spacing =
            edges[1] > 0 ? (edges[0] * edges[1] / Double(count)).squareRoot() : edges[0] / Double(count)
        return 0.6 * spacing
    }

    /// Linear colours, three floats a point.
    /// - Parameter isDisplay: whether the bytes are sRGB values; else they are taken as proportional to light.
    public func linearColors(fromDisplay isDisplay: Bool = true) -> [Float] {
        colors.map { isDisplay ? ColorSpace.linear(byte: $0) : Float($0) / 255 }
    }

    /// The points as spheres that touch, for renderers.
    public func spheres() -> [Primitives.Sphere] {
        let radius = Float(usualRadius)
        return (0..<count).map { point in
            var color = SIMD4<Float>(0.8, 0.8, 0.8, 1)
            if !colors.isEmpty {
                for channel in 0..<3 { color[channel] = ColorSpace.linear(byte: colors[3 * point + channel]) }
            }
            return Primitives.Sphere(
                center: SIMD3(positions[3 * point], positions[3 * point + 1], positions[3 * point + 2]),
                radius: radius, color: color)
        }
    }
}
