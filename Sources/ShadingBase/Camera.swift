// SPDX-License-Identifier: Apache-2.0
import CShading

/// Where sixteen samples of the picture begin and go.
struct CameraRays {
    var origin: Vec
    var direction: Vec
}

/// Rays through points of the picture, which runs from (0, 0) to (1, 1).
///
/// The region turns them over: Brayns' default runs from (0, 1) to (1, 0), so that row 0 is the top.
@inline(__always)
func cameraRays(_ camera: shading_camera, _ screenX: Lanes, _ screenY: Lanes) -> CameraRays {
    let x = (1 - screenX) * camera.region.0 + screenX * camera.region.2
    let y = (1 - screenY) * camera.region.1 + screenY * camera.region.3
    let origin = Vec(camera.origin.0, camera.origin.1, camera.origin.2)
    let forward = Vec(camera.forward.0, camera.forward.1, camera.forward.2)
    let across = Vec(camera.across.0, camera.across.1, camera.across.2)
    let up = Vec(camera.up.0, camera.up.1, camera.up.2)
    switch camera.kind {
    case UInt32(SHADING_CAMERA_ORTHOGRAPHIC):
        return CameraRays(origin: origin + across * x + up * y, direction: forward)
    case UInt32(SHADING_CAMERA_CYLINDRIC):
        // Half a turn across the picture; the view's direction is in its middle.
        let angle = (x - 0.5) * Float.pi
        let turn = turned(angle)
        let flat = forward * turn.cos + across * turn.sin
        return CameraRays(origin: origin, direction: (flat + up * (y - 0.5)).normalized)
    default:
        return CameraRays(origin: origin, direction: (forward + across * x + up * y).normalized)
    }
}

/// Cosine and sine, by reduction to a quarter turn and polynomials (error below 1e-6).
@inline(__always)
func turned(_ angle: Lanes) -> (cos: Lanes, sin: Lanes) {
    let quarters = (angle * (2 / Float.pi)).rounded(.toNearestOrEven)
    let r = angle - quarters * (Float.pi / 2)
    let z = r * r
    let sine = r + r * z * (-1.6666654611e-1 + z * (8.3321608736e-3 + z * -1.9515295891e-4))
    let cosine =
        1 - z * 0.5 + z * z * (4.166664568298827e-2 + z * (-1.388731625493765e-3 + z * 2.443315711809948e-5))
    // Which quarter: 0, 1, 2 or 3.
    let quarter = quarters - (quarters * 0.25).rounded(.down) * 4
    let odd = lanes_or(
        lanes_and(lanes_greater(quarter, Lanes(repeating: 0.5)), lanes_less(quarter, Lanes(repeating: 1.5))),
        lanes_greater(quarter, Lanes(repeating: 2.5)))
    let c = lanes_select(odd, sine, cosine)
    let s = lanes_select(odd, cosine, sine)
    let negativeCos = lanes_and(
        lanes_greater(quarter, Lanes(repeating: 0.5)), lanes_less(quarter, Lanes(repeating: 2.5)))
    let negativeSin = lanes_greater(quarter, Lanes(repeating: 1.5))
    return (lanes_select(negativeCos, 0 - c, c), lanes_select(negativeSin, 0 - s, s))
}
