// SPDX-License-Identifier: Apache-2.0
import CShading

/// Facts about sixteen hits, row after row, filled lane by lane and read as vectors.
struct SurfaceRows {
    let base: UnsafeMutableRawPointer

    static let geometricNormal = 0
    static let shadingNormal = 3
    static let color = 6
    static let opacity = 9
    static let specular = 10
    static let exponent = 13
    static let emission = 14
    static let epsilon = 17
    static let radiance = 18
    static let metal = 21
    static let roughness = 22
    static let coat = 23
    static let ior = 24
    static let glass = 25
    static let ghost = 26
    static let diffuse = 27
    static let sigma = 28
    static let anisotropy = 29
    static let rotation = 30
    static let artistic = 31
    static let edge = 32
    static let flakes = 35
    static let absorbed = 36
    static let byColor = 39
    static let base = 40
    static let gloss = 41
    static let glossIor = 42
    static let glossCurve = 43
    static let count = 47
    static let byteCount = count * 64

    @inline(__always)
    func row(_ field: Int) -> Lanes { base.load(fromByteOffset: field * 64, as: Lanes.self) }

    @inline(__always)
    func vec(_ field: Int) -> Vec { Vec(row(field), row(field + 1), row(field + 2)) }

    @inline(__always)
    func integers(_ field: Int) -> Mask { base.load(fromByteOffset: field * 64, as: Mask.self) }

    @inline(__always)
    func put(_ field: Int, _ value: Lanes, where mask: Mask) {
        base.storeBytes(of: lanes_select(mask, value, row(field)), toByteOffset: field * 64, as: Lanes.self)
    }

    @inline(__always)
    func put(_ field: Int, _ value: Vec, where mask: Mask) {
        put(field, value.x, where: mask)
        put(field + 1, value.y, where: mask)
        put(field + 2, value.z, where: mask)
    }

    /// Gives all lanes what one holds.
    @inline(__always)
    func spread(_ field: Int, _ lane: Int) {
        let value = base.load(fromByteOffset: field * 64 + lane * 4, as: Float.self)
        base.storeBytes(of: Lanes(repeating: value), toByteOffset: field * 64, as: Lanes.self)
    }

    /// Makes lanes into places of a volume of some colour, which face the ray.
    @inline(never)
    func putHaze(_ color: Vec, direction: Vec, where mask: Mask) {
        let zero = Lanes(repeating: 0)
        for field in 0..<(Self.byteCount / 64) { put(field, zero, where: mask) }
        let facing = Vec(all: 0) - direction
        put(Self.geometricNormal, facing, where: mask)
        put(Self.shadingNormal, facing, where: mask)
        put(Self.color, color, where: mask)
        let one = Lanes(repeating: 1)
        put(Self.opacity, one, where: mask)
        put(Self.base, one, where: mask)
        put(Self.diffuse, one, where: mask)
        put(Self.ior, one, where: mask)
    }

    @inline(__always)
    func put(_ field: Int, _ lane: Int, _ value: Float) {
        base.storeBytes(of: value, toByteOffset: field * 64 + lane * 4, as: Float.self)
    }

    @inline(__always)
    func put(_ field: Int, _ lane: Int, _ x: Float, _ y: Float, _ z: Float) {
        put(field, lane, x)
        put(field + 1, lane, y)
        put(field + 2, lane, z)
    }
}

/// Looks up what each hit lane of a packet shows; other lanes hold anything.
func gather(_ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ hits: Mask, _ rows: SurfaceRows, _ s: Scratch) {
    s.valid.storeBytes(of: hits, as: Mask.self)
    let lanes = s.valid.assumingMemoryBound(to: Int32.self)
    let single = frame.pointee.is_single != 0
    let traced = frame.pointee.path_traced != 0
    if let first = plainSurface(frame, packet, hits, lanes) {
        return gatherPlain(packet, lanes, first, traced: traced, rows)
    }
    for lane in 0..<16 where lanes[lane] != 0 {
        let instance = frame.pointee.instances + (single ? 0 : packet.index(Packet.Field.instance, lane))
        let geometry = packet.index(Packet.Field.geometry, lane)
        let primitive = packet.index(Packet.Field.primitive, lane)
        let shape = instance.pointee.shapes + geometry
        let surface = instance.pointee.surfaces + geometry
        let u = packet.float(Packet.Field.u, lane)
        let v = packet.float(Packet.Field.v, lane)
        gatherNormals(packet, lane, instance, shape, primitive, u, v, rows)
        gatherColors(lane, shape, surface, primitive, u, v, rows)
        if traced { gatherLobes(lane, surface, rows) }
    }
}

/// What all hits of a packet have in common when they lie on one geometry that looks the same everywhere.
private struct PlainSurface {
    var instance: UnsafePointer<shading_instance>
    var shape: UnsafePointer<shading_shape>
    var surface: UnsafePointer<shading_surface>
    var lane: Int
}

@inline(__always)
private func plainSurface(
    _ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ hits: Mask, _ lanes: UnsafePointer<Int32>
) -> PlainSurface? {
    var lane = 0
    while lane < 16, lanes[lane] == 0 { lane += 1 }
    guard lane < 16 else { return nil }
    let geometry = packet.index(Packet.Field.geometry, lane)
    let single = frame.pointee.is_single != 0
    let number = single ? 0 : packet.index(Packet.Field.instance, lane)
    let own = Mask(repeating: Int32(truncatingIfNeeded: geometry))
    var others = lanes_not_equal_int(packet.integers(Packet.Field.geometry), own)
    if !single {
        let same = Mask(repeating: Int32(truncatingIfNeeded: number))
        others = lanes_or(others, lanes_not_equal_int(packet.integers(Packet.Field.instance), same))
    }
    guard lanes_any(lanes_and(hits, others)) == 0 else { return nil }
    let instance = frame.pointee.instances + number
    let surface = instance.pointee.surfaces + geometry
    guard surface.pointee.flags == 0 else { return nil }
    return PlainSurface(
        instance: instance, shape: instance.pointee.shapes + geometry, surface: surface, lane: lane)
}

/// Looks the surface up once for all lanes.
@inline(__always)
private func gatherPlain(
    _ packet: Packet, _ lanes: UnsafePointer<Int32>, _ plain: PlainSurface, traced: Bool, _ rows: SurfaceRows
) {
    for lane in plain.lane..<16 where lanes[lane] != 0 {
        gatherNormals(
            packet, lane, plain.instance, plain.shape, packet.index(Packet.Field.primitive, lane),
            packet.float(Packet.Field.u, lane), packet.float(Packet.Field.v, lane), rows)
    }
    gatherColors(
        plain.lane, plain.shape, plain.surface, packet.index(Packet.Field.primitive, plain.lane), 0, 0, rows)
    if traced { gatherLobes(plain.lane, plain.surface, rows) }
    for field in SurfaceRows.color..<SurfaceRows.epsilon { rows.spread(field, plain.lane) }
    guard traced else { return rows.spread(SurfaceRows.ghost, plain.lane) }
    for field in SurfaceRows.radiance..<SurfaceRows.count { rows.spread(field, plain.lane) }
}

@inline(__always)
private func gatherNormals(
    _ packet: Packet, _ lane: Int, _ instance: UnsafePointer<shading_instance>,
    _ shape: UnsafePointer<shading_shape>, _ primitive: Int, _ u: Float, _ v: Float, _ rows: SurfaceRows
) {
    var ng = (packet.float(12, lane), packet.float(13, lane), packet.float(14, lane))
    var ns = ng
    var epsilon: Float = 0
    if let normals = shape.pointee.normals, let indices = shape.pointee.indices {
        let a = normals + 3 * Int(indices[3 * primitive])
        let b = normals + 3 * Int(indices[3 * primitive + 1])
        let c = normals + 3 * Int(indices[3 * primitive + 2])
        let w = 1 - u - v
        ns.0 = w * a[0] + u * b[0] + v * c[0]
        ns.1 = w * a[1] + u * b[1] + v * c[1]
        ns.2 = w * a[2] + u * b[2] + v * c[2]
    } else if let spheres = shape.pointee.spheres {
        // Large enough not to be lost beside the radius when rays start on the sphere.
        epsilon = abs(spheres[4 * primitive + 3]) * ulpEpsilon * instance.pointee.epsilon_scale
    }
    if instance.pointee.is_identity == 0 {
        ng = rotated(ng, instance)
        ns = rotated(ns, instance)
    }
    rows.put(SurfaceRows.geometricNormal, lane, ng.0, ng.1, ng.2)
    rows.put(SurfaceRows.shadingNormal, lane, ns.0, ns.1, ns.2)
    rows.put(SurfaceRows.epsilon, lane, epsilon)
}

@inline(__always)
private func rotated(
    _ n: (Float, Float, Float), _ instance: UnsafePointer<shading_instance>
) -> (Float, Float, Float) {
    let m = instance.pointee.normal
    return (
        m.0 * n.0 + m.1 * n.1 + m.2 * n.2, m.3 * n.0 + m.4 * n.1 + m.5 * n.2,
        m.6 * n.0 + m.7 * n.1 + m.8 * n.2
    )
}

@inline(__always)
private func gatherColors(
    _ lane: Int, _ shape: UnsafePointer<shading_shape>, _ surface: UnsafePointer<shading_surface>,
    _ primitive: Int, _ u: Float, _ v: Float, _ rows: SurfaceRows
) {
    let m = surface.pointee
    var (r, g, b, opacity) = (m.r, m.g, m.b, m.opacity)
    if m.flags & UInt32(SHADING_USES_COLORS) != 0 {
        if let colors = m.colors ?? shape.pointee.colors {
            let c = colors + 4 * (primitive / Int(shape.pointee.primitives_per_color))
            (r, g, b, opacity) = (r * c[0], g * c[1], b * c[2], opacity * c[3])
        } else if let colors = shape.pointee.corner_colors, let indices = shape.pointee.indices {
            let p = colors + 4 * Int(indices[3 * primitive])
            let q = colors + 4 * Int(indices[3 * primitive + 1])
            let s = colors + 4 * Int(indices[3 * primitive + 2])
            let w = 1 - u - v
            r *= w * p[0] + u * q[0] + v * s[0]
            g *= w * p[1] + u * q[1] + v * s[1]
            b *= w * p[2] + u * q[2] + v * s[2]
            opacity *= w * p[3] + u * q[3] + v * s[3]
        }
    }
    if m.flags & UInt32(SHADING_USES_TEXTURE) != 0, let texture = m.texture,
        let coordinates = shape.pointee.coordinates, let indices = shape.pointee.indices
    {
        let p = coordinates + 2 * Int(indices[3 * primitive])
        let q = coordinates + 2 * Int(indices[3 * primitive + 1])
        let s = coordinates + 2 * Int(indices[3 * primitive + 2])
        let w = 1 - u - v
        let texel = sample(
            texture, w * p[0] + u * q[0] + v * s[0], w * p[1] + u * q[1] + v * s[1])
        (r, g, b) = (r * texel.x, g * texel.y, b * texel.z)
        if m.flags & UInt32(SHADING_USES_TEXTURE_ALPHA) != 0 { opacity *= texel.w }
    }
    if m.cutoff >= 0 { opacity = opacity < m.cutoff ? 0 : 1 }
    rows.put(SurfaceRows.color, lane, r, g, b)
    rows.put(SurfaceRows.opacity, lane, opacity)
    rows.put(SurfaceRows.specular, lane, m.specular_r, m.specular_g, m.specular_b)
    rows.put(SurfaceRows.exponent, lane, m.exponent)
    rows.put(SurfaceRows.ghost, lane, m.ghost)
    rows.put(SurfaceRows.emission, lane, m.emission_r, m.emission_g, m.emission_b)
}

/// What only the path tracer asks for; comes after the colours.
@inline(__always)
private func gatherLobes(_ lane: Int, _ surface: UnsafePointer<shading_surface>, _ rows: SurfaceRows) {
    let m = surface.pointee
    let opacity = rows.base.load(fromByteOffset: SurfaceRows.opacity * 64 + lane * 4, as: Float.self)
    rows.put(SurfaceRows.opacity, lane, opacity * m.path_opacity)
    rows.put(SurfaceRows.radiance, lane, m.radiance_r, m.radiance_g, m.radiance_b)
    if m.path_black != 0 { rows.put(SurfaceRows.color, lane, 0, 0, 0) }
    rows.put(SurfaceRows.byColor, lane, m.by_color)
    rows.put(SurfaceRows.base, lane, m.base)
    rows.put(SurfaceRows.gloss, lane, m.gloss)
    rows.put(SurfaceRows.glossIor, lane, m.gloss_ior)
    rows.put(SurfaceRows.glossCurve, lane, m.gloss_curve.0, m.gloss_curve.1, m.gloss_curve.2)
    rows.put(SurfaceRows.glossCurve + 3, lane, m.gloss_curve.3)
    rows.put(SurfaceRows.metal, lane, m.metal)
    rows.put(SurfaceRows.diffuse, lane, m.diffuse)
    rows.put(SurfaceRows.sigma, lane, m.sigma)
    rows.put(SurfaceRows.anisotropy, lane, m.anisotropy)
    rows.put(SurfaceRows.rotation, lane, m.rotation)
    rows.put(SurfaceRows.artistic, lane, m.artistic)
    rows.put(SurfaceRows.edge, lane, m.edge_r, m.edge_g, m.edge_b)
    rows.put(SurfaceRows.flakes, lane, m.flakes)
    rows.put(SurfaceRows.absorbed, lane, m.absorbed_r, m.absorbed_g, m.absorbed_b)
    rows.put(SurfaceRows.roughness, lane, m.roughness)
    rows.put(SurfaceRows.coat, lane, m.coat)
    rows.put(SurfaceRows.ior, lane, m.ior)
    rows.put(SurfaceRows.glass, lane, m.glass)
}
