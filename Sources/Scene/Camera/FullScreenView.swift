// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Framing {
    /// The camera that Brayns' Python client puts before a target: the box, turned against the camera, is fitted by
    /// its height or width in the plane of its front, and the eye stands half its depth before that.
    ///
    /// Looser than `fit`, and kept for scripts that expect the client's pictures.
    /// - Parameter rotation: how the camera is turned about the box's centre, from the front view.
    public static func fullScreen(
        bounds: Bounds, aspect: Double, rotation: Quaternion = .identity, projection: Projection = .perspective()
    ) -> Framing {
        let box = bounds.isEmpty ? Bounds(min: .zero, max: .zero) : bounds
        let back = rotation.conjugate
        let turned = Bounds(points: box.corners.map { back.rotate($0, about: box.center) })
        let height = max(turned.size.y, turned.size.x / aspect)
        var (placed, distance) = (projection, 0.0)
        switch projection {
        case .orthographic: placed = .orthographic(height: height)
        case .perspective(let fovy, _, _), .cylindric(let fovy): distance = height / 2 / tan(fovy * .pi / 360)
        }
        let eye = box.center + Vector3(0, 0, distance + turned.size.z / 2)
        let front = View(position: eye, target: box.center)
        return Framing(view: front.rotatedAroundTarget(by: rotation), projection: placed, nearClip: 1e-6)
    }
}
