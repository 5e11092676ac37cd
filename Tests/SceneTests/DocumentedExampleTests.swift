// SPDX-License-Identifier: Apache-2.0
import Scene
import TestFixtures
import Testing

/// The example of `Scene.docc`, compiled and run.
@Suite struct DocumentedExampleTests {
    @Test("the page's example runs as it stands there")
    func example() throws {
        let bounds = Bounds(min: Vector3(-1, 0, -2), max: Vector3(1, 3, 2))
        let turn = Turntable(views: 8, axis: .plusY, elevation: 20)
        let cameras = turn.cameras(bounds: bounds, projection: .perspective(fovy: 30), aspect: 16 / 9)

        let corner = Framing.fit(
            bounds: bounds, direction: ViewPreset.iso.direction(up: .plusY), up: Axis.plusY.direction,
            projection: .orthographic(height: 1), aspect: 1, margin: 0.1)
        let lights = LightRig.cameraTied(view: corner.view, bounds: bounds)

        #expect(cameras.count == 8 && cameras.allSatisfy { $0.view.target == bounds.center })
        let eye = corner.view.position - bounds.center
        #expect(eye.x > 0 && eye.y > 0 && eye.z > 0)
        #expect(!lights.isEmpty)
        #expect(try DocumentedExample.strayLine(of: "Sources/Scene/Scene.docc/Scene.md", in: #filePath) == nil)
    }
}
