// SPDX-License-Identifier: Apache-2.0
import Models
import Scene

/// Everything that is to be drawn: instances, lights and clip planes; immutable, shared by frames.
public final class RenderScene: Sendable {
    /// The box around all visible instances; empty when there are none.
    public let bounds: Bounds
    /// Triangles of all visible instances, each instance counted.
    public let triangleCount: Int

    /// Builds the top level over the instances' own hierarchies, which takes time by their number only.
    ///
    /// - Parameter clipPlanes: `a, b, c, d`: what lies where `a x + b y + c z + d < 0` is cut away.
    public init(
        instances: [RenderInstance], lights: [Light] = [], clipPlanes: [SIMD4<Double>] = []
    ) throws(RaytracerError) {
        throw RaytracerError(.unsupported, "not there yet")
    }

    /// What is seen at a point of the picture, or `nil` where nothing is.
    ///
    /// - Parameters:
    ///   - position: 0…1 from the lower left corner, as Brayns' `inspect` takes it.
    ///   - aspect: width over height of the picture.
    public func pick(_ camera: CameraSettings, aspect: Double, position: SIMD2<Double>) -> PickResult? { nil }
}

/// What `RenderScene.pick` found.
public struct PickResult: Hashable, Sendable {
    /// `RenderInstance.modelID` of what was hit.
    public var modelID: Int
    /// Where, in world coordinates.
    public var position: Vector3
    /// Index of the triangle or shape among those of its mesh or kind.
    public var primitive: Int

    public init(modelID: Int, position: Vector3, primitive: Int) {
        (self.modelID, self.position, self.primitive) = (modelID, position, primitive)
    }
}
