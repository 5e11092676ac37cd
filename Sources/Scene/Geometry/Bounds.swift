// SPDX-License-Identifier: Apache-2.0

/// An axis-aligned box in scene units.
public struct Bounds: Hashable, Sendable, Codable {
    /// The smallest corner.
    public var min: Vector3
    /// The largest corner.
    public var max: Vector3

    /// A box between two corners; `min` above `max` in any axis makes an empty box.
    public init(min: Vector3, max: Vector3) {
        self.min = min
        self.max = max
    }

    /// The box of nothing, as Brayns writes it: +FLT_MAX to -FLT_MAX.
    public static let empty = Bounds(
        min: Vector3(repeating: Double(Float.greatestFiniteMagnitude)),
        max: Vector3(repeating: -Double(Float.greatestFiniteMagnitude)))

    /// Whether the box holds no point, or a corner is not finite.
    public var isEmpty: Bool {
        !min.isFinite || !max.isFinite || min.x > max.x || min.y > max.y || min.z > max.z
    }

    /// The middle of the box.
    public var center: Vector3 { (min + max) / 2 }

    /// The edge lengths; zero for an empty box.
    public var size: Vector3 { isEmpty ? .zero : max - min }

    /// The length of the diagonal.
    public var diagonal: Double { size.length }

    /// The eight corners.
    public var corners: [Vector3] {
        (0..<8).map { i in
            Vector3(i & 1 == 0 ? min.x : max.x, i & 2 == 0 ? min.y : max.y, i & 4 == 0 ? min.z : max.z)
        }
    }

    /// Grows the box to hold a point.
    public mutating func formUnion(_ point: Vector3) {
        min = pointwiseMin(min, point)
        max = pointwiseMax(max, point)
    }

    /// Grows the box to hold another; an empty one changes nothing.
    public mutating func formUnion(_ other: Bounds) {
        guard !other.isEmpty else { return }
        formUnion(other.min)
        formUnion(other.max)
    }
}
