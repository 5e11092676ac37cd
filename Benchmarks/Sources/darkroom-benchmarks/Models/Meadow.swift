// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore

/// Hilly ground under a texture with detail at every scale, which a photograph has.
struct Meadow {
    /// Quads on a side.
    static let cells = 200
    /// Pixels of the texture's side.
    static let extent = 2048

    /// The ground as OBJ text that names `meadow.mtl`.
    static func obj() -> String {
        var lines = ["mtllib meadow.mtl", "usemtl ground"]
        for row in 0...cells {
            for column in 0...cells {
                let (u, v) = (Double(column) / Double(cells), Double(row) / Double(cells))
                let height = 0.35 * noise(u * 6, v * 6, octaves: 4)
                lines.append("v \(4 * u - 2) \(height) \(4 * v - 2)")
                lines.append("vt \(u) \(v)")
            }
        }
        for row in 0..<cells {
            for column in 0..<cells {
                let a = row * (cells + 1) + column + 1
                let b = a + cells + 1
                lines.append("f \(a)/\(a) \(b)/\(b) \(b + 1)/\(b + 1)")
                lines.append("f \(a)/\(a) \(b + 1)/\(b + 1) \(a + 1)/\(a + 1)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static let mtl = "newmtl ground\nKd 1 1 1\nKs 0 0 0\nmap_Kd meadow.png\n"

    /// The texture: greens and browns mixed by noise of nine octaves.
    static func texture() throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * extent * extent)
        for y in 0..<extent {
            for x in 0..<extent {
                let (u, v) = (Double(x) / Double(extent) * 8, Double(y) / Double(extent) * 8)
                let mix = 0.5 + 0.5 * noise(u, v, octaves: 9)
                let light = 0.75 + 0.5 * noise(u * 3 + 40, v * 3, octaves: 8)
                for (low, high) in [(70.0, 200.0), (110.0, 170.0), (40.0, 120.0)] {
                    bytes.append(UInt8(min(255, max(0, (low + (high - low) * mix) * light))))
                }
            }
        }
        return try PNGEncoder(compression: .fast).encode(
            PixelBuffer(width: extent, height: extent, format: .rgb8, packed: bytes))
    }

    /// Value noise, about -1…1: each octave is half as strong and twice as fine.
    private static func noise(_ x: Double, _ y: Double, octaves: Int) -> Double {
        var (sum, strength, scale) = (0.0, 0.5, 1.0)
        for octave in 0..<octaves {
            sum += strength * smooth(x * scale, y * scale, seed: octave)
            (strength, scale) = (strength * 0.62, scale * 2)
        }
        return sum
    }

    private static func smooth(_ x: Double, _ y: Double, seed: Int) -> Double {
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        func ease(_ t: Double) -> Double { t * t * (3 - 2 * t) }
        let (u, v) = (ease(x - left), ease(y - top))
        func corner(_ dx: Int, _ dy: Int) -> Double {
            var hash = UInt32(truncatingIfNeeded: Int(left) + dx) &* 374_761_393
            hash = hash &+ UInt32(truncatingIfNeeded: Int(top) + dy) &* 668_265_263
            hash = (hash ^ UInt32(truncatingIfNeeded: seed) &* 2_246_822_519) &* 1_274_126_177
            return Double(hash ^ hash >> 16) / Double(UInt32.max) * 2 - 1
        }
        let upper = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u
        let lower = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u
        return upper + (lower - upper) * v
    }
}
