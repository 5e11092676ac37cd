// SPDX-License-Identifier: Apache-2.0
import CShading

/// Precision that is assumed of an intersection, as a share of the largest number in it: 1.9375 · 2⁻²¹.
let ulpEpsilon: Float = 0x1.fp-21

/// Opacity as seen along rays: a ghost's is that of its outline.
@inline(__always)
func opacityTowards(_ direction: Vec, _ normal: Vec, _ rows: SurfaceRows) -> Lanes {
    let opacity = rows.row(SurfaceRows.opacity)
    let grazing = 1 - lanes_min(lanes_abs(direction.dot(normal)), Lanes(repeating: 1))
    let isGhost = lanes_greater(rows.row(SurfaceRows.ghost), Lanes(repeating: 0))
    return lanes_select(isGhost, opacity * grazing * grazing * grazing, opacity)
}

/// Sixteen places where rays met something, facing the rays.
struct Hit {
    /// The place, lifted off the surface towards the ray's side.
    var position: Vec
    var geometricNormal: Vec
    var shadingNormal: Vec
    /// How far rays must start from here so as not to meet the same surface again.
    var epsilon: Lanes
    /// Colour times opacity.
    var diffuse: Vec
    /// Specular colour times opacity, normalised for the exponent.
    var specular: Vec
    var exponent: Lanes
    var emission: Vec
    var opacity: Lanes

    /// Reads what `gather` found, for lanes of a packet that hit something.
    @inline(__always)
    init(_ packet: Packet, _ rows: SurfaceRows) {
        let direction = packet.direction
        let far = packet.row(Packet.Field.far)
        let p = packet.origin + direction * far
        let longest = lanes_max(lanes_abs(direction.x), lanes_max(lanes_abs(direction.y), lanes_abs(direction.z)))
        let largest = lanes_max(lanes_max(lanes_abs(p.x), lanes_abs(p.y)), lanes_max(lanes_abs(p.z), longest * far))
        epsilon = lanes_max(rows.row(SurfaceRows.epsilon), largest * ulpEpsilon)

        var ng = rows.vec(SurfaceRows.geometricNormal).normalized
        var ns = rows.vec(SurfaceRows.shadingNormal).normalized
        let zero = Lanes(repeating: 0)
        ng = .select(lanes_greater_equal(direction.dot(ng), zero), Vec(all: 0) - ng, ng)
        // Normals of a file may be zero or not numbers.
        ns = .select(lanes_greater(ns.dot(ns), Lanes(repeating: 0.5)), ns, ng)
        ns = .select(lanes_less(ng.dot(ns), zero), Vec(all: 0) - ns, ns)
        (geometricNormal, shadingNormal) = (ng, ns)
        position = p + ng * epsilon

        opacity = opacityTowards(direction, ns, rows)
        diffuse = rows.vec(SurfaceRows.color) * opacity
        specular = rows.vec(SurfaceRows.specular) * opacity
        exponent = rows.row(SurfaceRows.exponent)
        emission = rows.vec(SurfaceRows.emission) * opacity
    }
}
