// SPDX-License-Identifier: Apache-2.0
import CShading

/// Sixteen numbers, one a ray.
typealias Lanes = SIMD16<Float>
/// Sixteen truths: -1 or 0.
typealias Mask = SIMD16<Int32>

/// Sixteen vectors.
struct Vec {
    var x: Lanes
    var y: Lanes
    var z: Lanes

    @inline(__always)
    init(_ x: Lanes, _ y: Lanes, _ z: Lanes) { (self.x, self.y, self.z) = (x, y, z) }

    @inline(__always)
    init(_ x: Float, _ y: Float, _ z: Float) {
        self.init(Lanes(repeating: x), Lanes(repeating: y), Lanes(repeating: z))
    }

    @inline(__always)
    init(all: Float) { self.init(all, all, all) }

    @inline(__always)
    static func + (a: Vec, b: Vec) -> Vec { Vec(a.x + b.x, a.y + b.y, a.z + b.z) }
    @inline(__always)
    static func - (a: Vec, b: Vec) -> Vec { Vec(a.x - b.x, a.y - b.y, a.z - b.z) }
    @inline(__always)
    static func * (a: Vec, b: Vec) -> Vec { Vec(a.x * b.x, a.y * b.y, a.z * b.z) }
    @inline(__always)
    static func * (a: Vec, s: Lanes) -> Vec { Vec(a.x * s, a.y * s, a.z * s) }

    @inline(__always)
    func dot(_ o: Vec) -> Lanes { x * o.x + y * o.y + z * o.z }

    @inline(__always)
    func cross(_ o: Vec) -> Vec { Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x) }

    /// Brightness as the eye weighs it (Rec. 709).
    @inline(__always)
    var luminance: Lanes { x * 0.212671 + y * 0.715160 + z * 0.072169 }

    /// Length 1, or zero where there is no direction.
    @inline(__always)
    var normalized: Vec {
        let square = dot(self)
        let valid = lanes_greater(square, Lanes(repeating: 0))
        let inverse = 1 / lanes_sqrt(square)
        return self * lanes_select(valid, inverse, Lanes(repeating: 0))
    }

    @inline(__always)
    static func select(_ m: Mask, _ a: Vec, _ b: Vec) -> Vec {
        Vec(lanes_select(m, a.x, b.x), lanes_select(m, a.y, b.y), lanes_select(m, a.z, b.z))
    }
}

/// A table of one number a lane, or nothing where the mask is false.
@inline(__always)
func masked(_ m: Mask, _ a: Lanes) -> Lanes { lanes_select(m, a, Lanes(repeating: 0)) }
