// SPDX-License-Identifier: Apache-2.0
import Scene

/// Shapes that are traced as they are, without triangles; colours are linear RGBA.
public struct Primitives: Sendable {
    public struct Sphere: Sendable, Hashable {
        public var center: SIMD3<Float>
        public var radius: Float
        public var color: SIMD4<Float>
        public init(center: SIMD3<Float>, radius: Float, color: SIMD4<Float>) {
            (self.center, self.radius, self.color) = (center, radius, color)
        }
    }

    /// A cone with round ends; equal radii make a cylinder with round ends.
    public struct Capsule: Sendable, Hashable {
        public var p0: SIMD3<Float>
        public var p1: SIMD3<Float>
        public var r0: Float
        public var r1: Float
        public var color: SIMD4<Float>
        public init(p0: SIMD3<Float>, p1: SIMD3<Float>, r0: Float, r1: Float, color: SIMD4<Float>) {
            (self.p0, self.p1, self.r0, self.r1, self.color) = (p0, p1, r0, r1, color)
        }
    }

    public struct Box: Sendable, Hashable {
        public var min: SIMD3<Float>
        public var max: SIMD3<Float>
        public var color: SIMD4<Float>
        public init(min: SIMD3<Float>, max: SIMD3<Float>, color: SIMD4<Float>) {
            (self.min, self.max, self.color) = (min, max, color)
        }
    }

    /// The points with `a x + b y + c z = d`, as Brayns draws them, within a box when there is one.
    public struct Plane: Sendable, Hashable {
        public var coefficients: SIMD4<Float>
        public var boundsMin: SIMD3<Float>?
        public var boundsMax: SIMD3<Float>?
        public var color: SIMD4<Float>
        public init(
            coefficients: SIMD4<Float>, boundsMin: SIMD3<Float>? = nil, boundsMax: SIMD3<Float>? = nil,
            color: SIMD4<Float>
        ) {
            self.coefficients = coefficients
            (self.boundsMin, self.boundsMax, self.color) = (boundsMin, boundsMax, color)
        }
    }

    public var spheres: [Sphere] = []
    public var capsules: [Capsule] = []
    public var boxes: [Box] = []
    public var planes: [Plane] = []

    public init() {}

    /// Whether there is no shape at all.
    public var isEmpty: Bool { spheres.isEmpty && capsules.isEmpty && boxes.isEmpty && planes.isEmpty }
}
