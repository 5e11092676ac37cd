// SPDX-License-Identifier: Apache-2.0
import Scene
import Testing

@Suite struct RotationTests {
    private func close(_ a: Vector3, _ b: Vector3, _ tolerance: Double = 1e-12) -> Bool { (a - b).length < tolerance }

    // Made with scipy.spatial.transform.Rotation.from_euler("xyz", angles, degrees=True).as_quat().
    @Test(
        "Euler angles mean what SciPy's xyz means",
        arguments: [
            (Vector3(90, 0, 0), Quaternion(x: 0.7071067811865475, y: 0, z: 0, w: 0.7071067811865476)),
            (Vector3(0, 180, 0), Quaternion(x: 0, y: 1, z: 0, w: 6.123233995736766e-17)),
            (
                Vector3(10, 20, 30),
                Quaternion(x: 0.03813457647485014, y: 0.189307857412, z: 0.2392983377447303, w: 0.9515485246437885)
            ),
        ])
    func euler(angles: Vector3, expected: Quaternion) {
        let q = Quaternion.euler(degrees: angles)
        let difference = [q.x - expected.x, q.y - expected.y, q.z - expected.z, q.w - expected.w].map(abs).max() ?? 1
        #expect(difference < 1e-12)
        if abs(angles.y) < 90 { #expect(close(q.eulerDegrees, angles, 1e-9)) }
    }

    @Test("a product rotates as its factors, right one first")
    func product() {
        let (a, b) = (Quaternion.euler(degrees: Vector3(10, 20, 30)), Quaternion.euler(degrees: Vector3(-50, 5, 70)))
        let p = Vector3(1, 2, 3)
        #expect(close((a * b).rotate(p), a.rotate(b.rotate(p))))
        #expect(close(a.conjugate.rotate(a.rotate(p)), p))
        #expect(abs((a * b).length - 1) < 1e-12)
    }

    @Test("rotations about an axis are right-handed")
    func axis() {
        let quarter = Quaternion.rotation(degrees: 90, about: Vector3(0, 0, 5))
        #expect(close(quarter.rotate(Vector3(1, 0, 0)), Vector3(0, 1, 0)))
        #expect(Quaternion.rotation(degrees: 90, about: .zero) == .identity)
        #expect(Quaternion(x: 0, y: 0, z: 0, w: 0).normalized == .identity)
    }

    @Test("the centre of a rotation stays where it is")
    func center() {
        let (q, c) = (Quaternion.euler(degrees: Vector3(12, 34, 56)), Vector3(4, 5, 6))
        #expect(close(q.rotate(c, about: c), c))
        let transform = Transform.rotation(q, about: c)
        #expect(close(transform.apply(to: c), c))
        #expect(close(transform.apply(to: Vector3(1, 1, 1)), q.rotate(Vector3(1, 1, 1), about: c)))
        let placed = Transform(translation: Vector3(1, 2, 3), rotation: q, scale: Vector3(2, 3, 4))
        let turned = placed.rotated(by: q, about: c)
        #expect(close(turned.apply(to: Vector3(1, 1, 1)), q.rotate(placed.apply(to: Vector3(1, 1, 1)), about: c)))
    }

    @Test("a transform's matrix scales, turns, then shifts")
    func matrix() throws {
        let transform = Transform(
            translation: Vector3(1, 2, 3), rotation: .rotation(degrees: 90, about: Vector3(0, 0, 1)),
            scale: Vector3(2, 3, 4))
        #expect(close(transform.matrix.apply(toPoint: Vector3(1, 1, 1)), Vector3(-2, 4, 7)))
        #expect(close(transform.apply(to: Vector3(1, 1, 1)), Vector3(-2, 4, 7)))
        let back = try #require(transform.matrix.inverse)
        #expect(close(back.apply(toPoint: Vector3(-2, 4, 7)), Vector3(1, 1, 1)))
        #expect(abs(transform.matrix.determinant - 24) < 1e-12)
        #expect(Transform(scale: Vector3(1, 0, 1)).matrix.inverse == nil)
    }

    @Test("normals stay perpendicular to their surface under uneven scales and mirrors")
    func normals() {
        let matrix = Transform(rotation: .euler(degrees: Vector3(20, 40, 60)), scale: Vector3(1, -3, 0.2)).matrix
        let (u, v) = (Vector3(1, 2, 0), Vector3(0, 1, -1))
        let n = matrix.apply(toNormal: u.cross(v))
        #expect(abs(n.dot(matrix.apply(toDirection: u))) < 1e-12)
        #expect(abs(n.dot(matrix.apply(toDirection: v))) < 1e-12)
        #expect(n.dot(matrix.apply(toDirection: u.cross(v))) > 0)
    }

    @Test("a box under a matrix holds the image of every corner")
    func bounds() {
        let box = Bounds(min: Vector3(-1, 0, 2), max: Vector3(3, 1, 5))
        let matrix = Transform(
            translation: Vector3(9, 8, 7), rotation: .euler(degrees: Vector3(33, 44, 55)), scale: Vector3(1, -2, 3)
        ).matrix
        let image = box.transformed(by: matrix)
        for corner in box.corners { #expect(image.contains(matrix.apply(toPoint: corner))) }
        #expect(image.contains(matrix.apply(toPoint: box.center)))
        #expect(Bounds.empty.transformed(by: matrix).isEmpty)
        #expect(box.union(.empty) == box && Bounds.empty.union(box) == box)
    }
}
