// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// A whole camera: where it stands, how it projects, what it cuts off and which part of the picture it draws.
public struct Camera: Hashable, Sendable {
    public var view: View
    public var projection: Projection
    /// Distance below which nothing is drawn, in scene units.
    public var nearClip: Double
    public var region: CameraRegion

    public init(
        view: View, projection: Projection = .perspective(), nearClip: Double = defaultNearClip,
        region: CameraRegion = .whole
    ) {
        (self.view, self.projection, self.nearClip, self.region) = (view, projection, nearClip, region)
    }

    /// A camera in front of a box (towards +z of it), with the whole box in a picture of the given aspect
    /// (width by height).
    ///
    /// The distance is that of Brayns' Python client: the box's front face fills the picture's height, or its width
    /// where that is the narrower fit. `Framing` of the room `Scene` fits from any side, with a margin.
    public static func fullScreen(of bounds: Bounds, aspect: Double = 1, projection: Projection = .perspective())
        -> Camera
    {
        let size = bounds.size
        let height = max(size.y, aspect > 0 ? size.x / aspect : 0)
        let center = bounds.isEmpty ? .zero : bounds.center
        var (projection, distance) = (projection, size.z / 2)
        switch projection {
        case .perspective(let fovy, _, _), .cylindric(let fovy):
            distance += height / 2 / tan(fovy * .pi / 360)
        case .orthographic:
            projection = .orthographic(height: height > 0 ? height : 1)
        }
        if !(distance > 0) { distance = 1 }
        return Camera(view: View(position: center + Vector3(0, 0, distance), target: center), projection: projection)
    }

    /// This camera turned about its target, its up vector with it.
    public func rotatedAroundTarget(by rotation: Quaternion) -> Camera {
        var camera = self
        camera.view = view.rotatedAroundTarget(by: rotation)
        return camera
    }
}
