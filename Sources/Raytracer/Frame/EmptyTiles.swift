// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Scene

/// Tells tiles of a picture in which no ray can come near the scene's box, so that nothing needs to be traced there.
///
/// All rays of a tile lie between four planes, two that hold the picture's vertical and two that hold its horizontal;
/// a box whose corners all lie behind one of them is missed. What is told is certain: where rounding might decide, a
/// tile is not empty.
struct EmptyTiles {
    private let camera: shading_camera
    private let corners: [Vector3]
    /// Lengths that rounding is measured against.
    private let reach: Double
    private let scale: (x: Double, y: Double)
    /// Where samples lie about the upper left corner of their pixel.
    private let spread: (low: SIMD2<Double>, high: SIMD2<Double>)

    /// - Parameter offsets: places of the samples in their pixels, two numbers each.
    /// - Returns: `nil` for cameras whose pictures are not flat.
    init?(_ scene: RenderScene, _ camera: shading_camera, width: Int, height: Int, offsets: [Float]) {
        guard camera.kind != UInt32(SHADING_CAMERA_CYLINDRIC), offsets.count >= 2 else { return nil }
        self.camera = camera
        scale = (1 / Double(width), 1 / Double(height))
        var box = RTCBounds()
        rtcGetSceneBounds(scene.scene.handle, &box)
        let (low, high) = (scene.bounds.min, scene.bounds.max)
        let least = Vector3(
            min(Double(box.lower_x), low.x), min(Double(box.lower_y), low.y), min(Double(box.lower_z), low.z))
        let most = Vector3(
            max(Double(box.upper_x), high.x), max(Double(box.upper_y), high.y), max(Double(box.upper_z), high.z))
        let origin = Self.vector(camera.origin)
        corners = (0..<8).map { i in
            Vector3(
                i & 1 == 0 ? least.x : most.x, i & 2 == 0 ? least.y : most.y, i & 4 == 0 ? least.z : most.z) - origin
        }
        reach = corners.reduce(origin.length) { max($0, $1.length) }
        var spread = (low: SIMD2(repeating: Double.infinity), high: SIMD2(repeating: -Double.infinity))
        for i in stride(from: 0, to: offsets.count - 1, by: 2) {
            let offset = SIMD2(Double(offsets[i]), Double(offsets[i + 1]))
            spread = (pointwiseMin(spread.low, offset), pointwiseMax(spread.high, offset))
        }
        self.spread = spread
    }

    /// Whether no ray through these pixels can meet anything.
    func contains(x0: Int32, y0: Int32, x1: Int32, y1: Int32) -> Bool {
        let across = between(
            (Double(x0) + spread.low.x) * scale.x, (Double(x1 - 1) + spread.high.x) * scale.x,
            Double(camera.region.0), Double(camera.region.2))
        let up = between(
            (Double(y0) + spread.low.y) * scale.y, (Double(y1 - 1) + spread.high.y) * scale.y,
            Double(camera.region.1), Double(camera.region.3))
        let (right, top) = (Self.vector(camera.across), Self.vector(camera.up))
        return isOutside(right, top, across) || isOutside(top, right, up)
    }

    /// Two places of the picture as parts of the camera's region, the lesser first.
    private func between(_ a: Double, _ b: Double, _ start: Double, _ end: Double) -> (low: Double, high: Double) {
        let (p, q) = ((1 - a) * start + a * end, (1 - b) * start + b * end)
        return (min(p, q), max(p, q))
    }

    /// Whether the box lies beyond one of the two planes that hold `other` and bound the rays along `axis`.
    private func isOutside(_ axis: Vector3, _ other: Vector3, _ ends: (low: Double, high: Double)) -> Bool {
        isBehind(axis, other, ends.low, side: 1) || isBehind(axis, other, ends.high, side: -1)
    }

    private func isBehind(_ axis: Vector3, _ other: Vector3, _ place: Double, side: Double) -> Bool {
        let forward = Self.vector(camera.forward)
        let isFlat = camera.kind == UInt32(SHADING_CAMERA_ORTHOGRAPHIC)
        let normal = other.cross(isFlat ? forward : forward + axis * place)
        let slope = normal.dot(axis)
        let shift = isFlat ? slope * place : 0
        let turn = side * (slope < 0 ? -1 : 1)
        let rounding = 1e-5 * normal.length * (reach + (isFlat ? axis.length + other.length : 0))
        return slope != 0 && corners.allSatisfy { turn * (normal.dot($0) - shift) < -rounding }
    }

    private static func vector(_ v: (Float, Float, Float)) -> Vector3 {
        Vector3(Double(v.0), Double(v.1), Double(v.2))
    }
}
