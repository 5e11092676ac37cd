// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@Suite struct ViewTests {
    private func close(_ a: Vector3, _ b: Vector3) -> Bool { (a - b).length < 1e-12 }

    @Test("presets stand across their up vector, whatever axis is up", arguments: Axis.allCases)
    func presets(up: Axis) {
        for preset in ViewPreset.allCases {
            let (direction, vector) = (preset.direction(up: up), preset.upVector(up: up))
            #expect(abs(direction.length - 1) < 1e-12)
            if preset == .iso {
                #expect(direction.dot(up.direction) < 0)
            } else {
                #expect(abs(direction.dot(vector)) < 1e-12)
            }
        }
        #expect(close(ViewPreset.top.direction(up: up), -up.direction))
        #expect(close(ViewPreset.front.direction(up: up), -ViewPreset.back.direction(up: up)))
        #expect(close(ViewPreset.left.direction(up: up), -ViewPreset.right.direction(up: up)))
        // The model's right lies to the right in the front view.
        let front = ViewBasis(
            direction: ViewPreset.front.direction(up: up), up: ViewPreset.front.upVector(up: up))
        #expect(close(front.right, -ViewPreset.right.direction(up: up)))
    }

    @Test("presets are those of Brayns' client for +y and of CAD programs for +z")
    func conventions() {
        func eye(_ preset: ViewPreset, _ up: Axis) -> Vector3 { -preset.direction(up: up) }
        #expect(close(eye(.front, .plusY), Vector3(0, 0, 1)))
        #expect(close(eye(.right, .plusY), Vector3(1, 0, 0)))
        #expect(close(eye(.top, .plusY), Vector3(0, 1, 0)))
        #expect(close(ViewPreset.top.upVector(up: .plusY), Vector3(0, 0, -1)))
        #expect(close(ViewPreset.bottom.upVector(up: .plusY), Vector3(0, 0, 1)))
        #expect(close(eye(.front, .plusZ), Vector3(0, -1, 0)))
        #expect(close(eye(.right, .plusZ), Vector3(1, 0, 0)))
        #expect(close(eye(.iso, .plusY), Vector3(1, 1, 1) / 3.0.squareRoot()))
    }

    @Test("a turntable starts at the front and comes to right, back and left", arguments: Axis.allCases)
    func turntable(axis: Axis) {
        let table = Turntable(views: 4, axis: axis)
        let sides: [ViewPreset] = [.front, .right, .back, .left]
        for (index, side) in sides.enumerated() {
            #expect(close(table.direction(index), side.direction(up: axis)))
            #expect(close(table.upVector(index), axis.direction))
        }
        #expect(Turntable(views: -3).count == 1)
        #expect(Turntable(views: 3, axis: axis, elevation: 30).direction(1).dot(axis.direction) < -0.49)
    }

    @Test("a basis is perpendicular even when up lies along the view")
    func basis() {
        for (direction, up) in [
            (Vector3(0, 0, -1), Vector3(0, 1, 0)), (Vector3(0, -2, 0), Vector3(0, 1, 0)),
            (Vector3(0, 0, 3), Vector3(0, 0, 1)), (Vector3.zero, Vector3.zero), (Vector3(1, 1, 1), Vector3(.nan, 0, 0)),
        ] {
            let b = ViewBasis(direction: direction, up: up)
            for v in [b.right, b.up, b.direction] { #expect(abs(v.length - 1) < 1e-12) }
            #expect(abs(b.right.dot(b.up)) < 1e-12 && abs(b.right.dot(b.direction)) < 1e-12)
            #expect(close(b.right.cross(b.direction), b.up))
        }
    }

    @Test("formats have their usual up axis")
    func upAxis() {
        for name in ["stl", ".STL", "3mf", "amf", "blend"] { #expect(Axis.byExtension(name) == .plusZ) }
        for name in ["obj", "gltf", "GLB", "fbx", "ply", "dae", "off", ""] { #expect(Axis.byExtension(name) == .plusY) }
        for axis in Axis.allCases { #expect(axis.opposite.direction == -axis.direction) }
    }

    @Test("a camera path runs through its keyframes and stands still outside")
    func path() throws {
        let keys = [
            CameraPath.Keyframe(time: 4, position: Vector3(9, 3, 1), target: .zero),
            CameraPath.Keyframe(time: 0, position: Vector3(0, 0, 5), target: .zero),
            CameraPath.Keyframe(time: 1, position: Vector3(5, 0, 0), target: Vector3(0, 1, 0)),
        ]
        for interpolation in CameraPath.Interpolation.allCases {
            let path = try CameraPath(keyframes: keys, interpolation: interpolation)
            for key in keys { #expect(close(path.view(at: key.time).position, key.position)) }
            #expect(close(path.view(at: -3).position, Vector3(0, 0, 5)))
            #expect(close(path.view(at: 99).position, Vector3(9, 3, 1)))
            #expect(path.views(count: 5).count == 5 && path.views(count: 0).count == 1)
        }
        let linear = try CameraPath(keyframes: keys)
        #expect(close(linear.view(at: 0.5).position, Vector3(2.5, 0, 2.5)))
    }

    @Test("a spline has no kink at a keyframe, whatever the times")
    func smooth() throws {
        let keys = [0.0, 1, 4, 4.5].enumerated().map { i, time in
            CameraPath.Keyframe(time: time, position: Vector3(Double(i * i), sin(Double(i)), 1), target: .zero)
        }
        let path = try CameraPath(keyframes: keys, interpolation: .spline)
        for time in [1.0, 4] {
            let before = (path.view(at: time).position - path.view(at: time - 1e-6).position) / 1e-6
            let after = (path.view(at: time + 1e-6).position - path.view(at: time).position) / 1e-6
            #expect((before - after).length < 1e-3)
        }
    }

    @Test("a camera path that makes no sense is refused in a sentence")
    func badPaths() {
        let key = CameraPath.Keyframe(time: 0, position: Vector3(0, 0, 1), target: .zero)
        #expect(throws: SceneError.self) { try CameraPath(keyframes: []) }
        #expect(throws: SceneError.self) { try CameraPath(keyframes: [key, key]) }
        #expect(throws: SceneError.self) {
            try CameraPath(keyframes: [.init(time: .nan, position: .zero, target: key.position)])
        }
        #expect(throws: SceneError.self) {
            try CameraPath(keyframes: [.init(time: 0, position: .zero, target: .zero)])
        }
    }

    @Test("a camera path is read from JSON with defaults")
    func json() throws {
        let text = #"{"keyframes":[{"time":0,"position":[0,0,5],"target":[0,0,0]}],"interpolation":"spline"}"#
        let path = try JSONDecoder().decode(CameraPath.self, from: Data(text.utf8))
        #expect(path.interpolation == .spline && path.keyframes[0].up == Vector3(0, 1, 0))
        #expect(try JSONDecoder().decode(CameraPath.self, from: JSONEncoder().encode(path)) == path)
    }

    @Test("the light rig turns with the camera and keeps a grey face between dark and flat")
    func lights() throws {
        func shade(_ lights: [Light], _ normal: Vector3) -> Double {
            lights.reduce(0) { sum, light in
                switch light {
                case .ambient(_, let intensity): sum + 0.8 * intensity
                case .directional(let direction, _, let intensity):
                    sum + 0.8 / .pi * intensity * max(0, -direction.dot(normal))
                default: sum
                }
            }
        }
        let box = Bounds(min: .zero, max: Vector3(repeating: 1))
        for preset in ViewPreset.allCases {
            let framing = Framing.fit(
                bounds: box, direction: preset.direction(up: .plusZ), up: preset.upVector(up: .plusZ),
                projection: .perspective(), aspect: 1)
            let lights = LightRig.cameraTied(view: framing.view, bounds: box)
            let (basis, head) = (framing.view.basis, shade(lights, -framing.view.basis.direction))
            #expect(abs(head - 0.652) < 0.01)
            let (bright, dark) = (shade(lights, basis.up), shade(lights, -basis.up))
            #expect(bright < 1 && dark > 0.1 && bright > 1.8 * dark)
        }
    }
}
