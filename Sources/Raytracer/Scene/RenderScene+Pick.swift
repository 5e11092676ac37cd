// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Scene

#if canImport(Glibc)
    import Glibc
#endif

extension RenderScene {
    /// What is seen at a point of the picture, or `nil` where nothing is, as for a camera that cannot look anywhere.
    ///
    /// - Parameters:
    ///   - aspect: width over height of the picture.
    ///   - position: 0…1; what the camera's region makes of it is what a pixel there shows, so that with the default
    ///     region (0, 0) is the upper left corner.
    public func pick(_ camera: CameraSettings, aspect: Double, position: SIMD2<Double>) -> PickResult? {
        guard let ray = try? camera.record(aspect: aspect).ray(through: position) else { return nil }
        var hit = RTCRayHit()
        (hit.ray.org_x, hit.ray.org_y, hit.ray.org_z) = (ray.origin.x, ray.origin.y, ray.origin.z)
        (hit.ray.dir_x, hit.ray.dir_y, hit.ray.dir_z) = (ray.direction.x, ray.direction.y, ray.direction.z)
        let range = clipped(ray.origin, ray.direction, from: Float(max(camera.nearClip, 0)))
        guard range.near < range.far else { return nil }
        hit.ray.tnear = range.near
        hit.ray.tfar = range.far
        hit.ray.mask = UInt32.max
        hit.hit.geomID = UInt32.max
        hit.hit.instID = UInt32.max
        var context = RTCIntersectContext()
        rtcInitIntersectContext(&context)
        rtcIntersect1(scene.handle, &context, &hit)
        guard hit.hit.geomID != UInt32.max else { return nil }
        let record = isSingle ? 0 : Int(hit.hit.instID)
        guard owners.indices.contains(record) else { return nil }
        let shape = records[record].shapes[Int(hit.hit.geomID)]
        let place = ray.origin + ray.direction * hit.ray.tfar
        return PickResult(
            modelID: instances[owners[record]].modelID, position: Vector3(place),
            primitive: Int(hit.hit.primID / max(1, shape.primitives_per_color)))
    }

    /// What clip planes leave of a ray.
    private func clipped(
        _ origin: SIMD3<Float>, _ direction: SIMD3<Float>, from start: Float
    ) -> (near: Float, far: Float) {
        var (near, far) = (start, Float.infinity)
        for i in 0..<clipPlaneCount {
            let n = SIMD3(clipPlanes[4 * i], clipPlanes[4 * i + 1], clipPlanes[4 * i + 2])
            let distance = clipPlanes[4 * i + 3] - (origin * n).sum()
            let slope = (direction * n).sum()
            if slope > 0 { near = max(near, distance / slope) }
            if slope < 0 { far = min(far, distance / slope) }
            if slope == 0, distance > 0 { far = -1 }
        }
        return (near, far)
    }
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

extension shading_camera {
    /// The ray through a point of the picture, as the kernels make it.
    fileprivate func ray(through p: SIMD2<Double>) -> (origin: SIMD3<Float>, direction: SIMD3<Float>) {
        let x = (1 - Float(p.x)) * region.0 + Float(p.x) * region.2
        let y = (1 - Float(p.y)) * region.1 + Float(p.y) * region.3
        let start = SIMD3(origin.0, origin.1, origin.2)
        let ahead = SIMD3(forward.0, forward.1, forward.2)
        let right = SIMD3(across.0, across.1, across.2)
        let upwards = SIMD3(up.0, up.1, up.2)
        switch kind {
        case UInt32(SHADING_CAMERA_ORTHOGRAPHIC):
            return (start + right * x + upwards * y, ahead)
        case UInt32(SHADING_CAMERA_CYLINDRIC):
            let angle = Double(x - 0.5) * 2 * .pi
            let way = ahead * Float(cos(angle)) + right * Float(sin(angle)) + upwards * (y - 0.5)
            return (start, way / (way * way).sum().squareRoot())
        default:
            let way = ahead + right * x + upwards * y
            return (start, way / (way * way).sum().squareRoot())
        }
    }
}
