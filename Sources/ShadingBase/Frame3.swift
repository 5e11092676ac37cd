// SPDX-License-Identifier: Apache-2.0
import CShading

/// Two directions that stand upright on a third and on each other, for each lane.
struct Frame3 {
    var tangent: Vec
    var bitangent: Vec
    var normal: Vec

    /// - Parameter normal: of length 1.
    @inline(__always)
    init(_ normal: Vec) {
        let zero = Lanes(repeating: 0)
        let steep = lanes_less(lanes_abs(normal.x), lanes_abs(normal.y))
        self.normal = normal
        tangent =
            Vec.select(
                steep, Vec(zero, normal.z, 0 - normal.y), Vec(0 - normal.z, zero, normal.x)
            ).normalized
        bitangent = normal.cross(tangent)
    }

    /// With the tangent along the world's x axis as far as the surface allows, then turned around the normal.
    @inline(__always)
    init(along normal: Vec, turned angle: Lanes) {
        let across = normal.cross(Vec(1, 0, 0))
        let isAcross = lanes_greater(across.dot(across), Lanes(repeating: 1e-12))
        let any = Frame3(normal)
        let bitangent = Vec.select(isAcross, across.normalized, any.bitangent)
        let tangent = Vec.select(isAcross, bitangent.cross(normal), any.tangent)
        let (c, s) = turned(angle)
        self.normal = normal
        self.tangent = tangent * c + bitangent * s
        self.bitangent = bitangent * c - tangent * s
    }

    @inline(__always)
    func replaced(by other: Frame3, where mask: Mask) -> Frame3 {
        var frame = self
        frame.tangent = .select(mask, other.tangent, tangent)
        frame.bitangent = .select(mask, other.bitangent, bitangent)
        frame.normal = .select(mask, other.normal, normal)
        return frame
    }

    @inline(__always)
    func world(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> Vec { tangent * x + bitangent * y + normal * z }

    @inline(__always)
    func local(_ v: Vec) -> Vec { Vec(v.dot(tangent), v.dot(bitangent), v.dot(normal)) }

    /// A direction above the surface, as often as its cosine is large.
    @inline(__always)
    func cosineDirection(_ u: Lanes, _ v: Lanes) -> Vec {
        let (c, s) = turned(u * (2 * Float.pi))
        let radius = lanes_sqrt(1 - v)
        return world(c * radius, s * radius, lanes_sqrt(v))
    }

    /// A direction anywhere, each as often as any other.
    @inline(__always)
    func anyDirection(_ u: Lanes, _ v: Lanes) -> Vec { coneDirection(Lanes(repeating: -1), u, v) }

    /// A direction in the cone around the normal whose half angle has this cosine.
    @inline(__always)
    func coneDirection(_ cosine: Lanes, _ u: Lanes, _ v: Lanes) -> Vec {
        let z = 1 - v * (1 - cosine)
        let (c, s) = turned(u * (2 * Float.pi))
        let radius = lanes_sqrt(lanes_max(1 - z * z, Lanes(repeating: 0)))
        return world(c * radius, s * radius, z)
    }
}
