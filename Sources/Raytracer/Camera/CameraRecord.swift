// SPDX-License-Identifier: Apache-2.0
import CShading
import Scene

#if canImport(Glibc)
    import Glibc
#endif

extension CameraSettings {
    /// The camera as the kernels take it.
    ///
    /// - Parameter aspect: width over height of the picture.
    func record(aspect: Double) throws(RaytracerError) -> shading_camera {
        let way = view.target - view.position
        guard view.position.isFinite, let forward = way.normalized else {
            throw RaytracerError(.invalidInput, "The camera looks nowhere: its position and its target are the same.")
        }
        guard let across = forward.cross(view.up).normalized else {
            throw RaytracerError(
                .invalidInput, "The camera's up direction is zero or lies along its view; give another.")
        }
        let up = across.cross(forward)
        var record = shading_camera()
        record.near_clip = Float(max(nearClip, 0))
        record.region = (Float(regionStart.x), Float(regionStart.y), Float(regionEnd.x), Float(regionEnd.y))
        record.origin = Self.floats(view.position)
        record.aspect = Float(aspect)
        switch projection {
        case .perspective(let fovy, let radius, let focus):
            try Self.check(fovy > 0 && fovy < 180, "A perspective's field of view must be over 0 and under 180 degrees")
            let height = 2 * tan(fovy * .pi / 360)
            setPicture(&record, forward, across * (height * aspect), up * height)
            if radius > 0, focus > 0 {
                record.aperture = Float(radius / (height * aspect * focus))
                record.focus = Float(focus)
            }
        case .orthographic(let height):
            try Self.check(height > 0, "An orthographic height must be over 0")
            record.kind = UInt32(SHADING_CAMERA_ORTHOGRAPHIC)
            let (width, tall) = (across * (height * aspect), up * height)
            record.origin = Self.floats(view.position - width / 2 - tall / 2)
            record.forward = Self.floats(forward)
            record.across = Self.floats(width)
            record.up = Self.floats(tall)
        case .cylindric(let fovy):
            try Self.check(fovy > 0 && fovy < 180, "A cylinder's field of view must be over 0 and under 180 degrees")
            record.kind = UInt32(SHADING_CAMERA_CYLINDRIC)
            record.forward = Self.floats(forward)
            record.across = Self.floats(across)
            record.up = Self.floats(up * (2 * tan(fovy * .pi / 360)))
        }
        return record
    }

    private func setPicture(_ record: inout shading_camera, _ forward: Vector3, _ width: Vector3, _ height: Vector3) {
        record.kind = UInt32(SHADING_CAMERA_PERSPECTIVE)
        record.forward = Self.floats(forward - width / 2 - height / 2)
        record.across = Self.floats(width)
        record.up = Self.floats(height)
    }

    private static func check(_ holds: Bool, _ rule: String) throws(RaytracerError) {
        if !holds { throw RaytracerError(.invalidInput, rule + ".") }
    }

    private static func floats(_ v: Vector3) -> (Float, Float, Float) { (Float(v.x), Float(v.y), Float(v.z)) }
}
