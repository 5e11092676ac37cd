// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// A bumpy tube along the (2, 3) torus knot: closed, without symmetry, of any number of triangles.
struct TorusKnot {
    /// Segments along the knot.
    var along: Int
    /// Segments around the tube.
    var around: Int

    /// The knot as a binary little-endian PLY of triangles.
    func ply() -> [UInt8] {
        let header = """
            ply
            format binary_little_endian 1.0
            element vertex \(along * around)
            property float x
            property float y
            property float z
            element face \(2 * along * around)
            property list uchar int vertex_indices
            end_header

            """
        var bytes = Array(header.utf8)
        bytes.reserveCapacity(bytes.count + along * around * (12 + 26))
        for step in 0..<along { appendRing(step, to: &bytes) }
        for step in 0..<along { appendFaces(step, to: &bytes) }
        return bytes
    }

    private func appendRing(_ step: Int, to bytes: inout [UInt8]) {
        let t = 2 * Double.pi * Double(step) / Double(along)
        let center = Self.point(t)
        let forward = (Self.point(t + 1e-4) - center).normalized ?? Vector3(1, 0, 0)
        let side = forward.cross(Vector3(0, 0, 1)).normalized ?? Vector3(0, 1, 0)
        let up = side.cross(forward)
        for turn in 0..<around {
            let angle = 2 * Double.pi * Double(turn) / Double(around)
            let radius = 0.35 + 0.04 * sin(9 * t + 3 * angle)
            let point = center + side * (radius * cos(angle)) + up * (radius * sin(angle))
            for value in [point.x, point.y, point.z] { Self.append(Float(value).bitPattern, to: &bytes) }
        }
    }

    private func appendFaces(_ step: Int, to bytes: inout [UInt8]) {
        let next = (step + 1) % along
        for turn in 0..<around {
            let beside = (turn + 1) % around
            let (a, b) = (step * around + turn, next * around + turn)
            let (c, d) = (next * around + beside, step * around + beside)
            for corners in [[a, c, b], [a, d, c]] {
                bytes.append(3)
                for corner in corners { Self.append(UInt32(corner), to: &bytes) }
            }
        }
    }

    private static func point(_ t: Double) -> Vector3 {
        let radius = 2 + cos(3 * t)
        return Vector3(radius * cos(2 * t), radius * sin(2 * t), sin(3 * t))
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
