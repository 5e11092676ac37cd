// SPDX-License-Identifier: Apache-2.0
import CShading

/// What a volume shows at sixteen places.
struct VolumeSample {
    var color: Vec
    /// Share of light that is lost on one unit of way, per unit.
    var opacity: Lanes
}

/// Look-ups in a grid of samples that are coloured by a ramp.
enum Volume {
    /// The stretch of each ray that lies in the volume's box.
    @inline(never)
    static func span(_ volume: shading_volume, _ origin: Vec, _ direction: Vec) -> Span {
        let m = volume.to_grid
        let o = transformed(m, origin) + Vec(m.9, m.10, m.11)
        let d = transformed(m, direction)
        let (low, high) = (volume.low, volume.high)
        var span = Span(start: Lanes(repeating: -.infinity), end: Lanes(repeating: .infinity))
        clip(&span, o.x, d.x, low.0, high.0)
        clip(&span, o.y, d.y, low.1, high.1)
        clip(&span, o.z, d.z, low.2, high.2)
        return span
    }

    /// Cuts a span to a slab; rays along the slab are in it all the way or not at all.
    @inline(__always)
    private static func clip(_ span: inout Span, _ o: Lanes, _ d: Lanes, _ low: Float, _ high: Float) {
        let isAlong = lanes_less(lanes_abs(d), Lanes(repeating: 1e-20))
        let inverse = 1 / lanes_select(isAlong, Lanes(repeating: 1), d)
        let (a, b) = ((Lanes(repeating: low) - o) * inverse, (Lanes(repeating: high) - o) * inverse)
        let inside = lanes_and(
            lanes_greater_equal(o, Lanes(repeating: low)), lanes_less_equal(o, Lanes(repeating: high)))
        let everywhere = Lanes(repeating: .infinity)
        let alongStart = lanes_select(inside, 0 - everywhere, everywhere)
        let alongEnd = lanes_select(inside, everywhere, 0 - everywhere)
        span.start = lanes_max(span.start, lanes_select(isAlong, alongStart, lanes_min(a, b)))
        span.end = lanes_min(span.end, lanes_select(isAlong, alongEnd, lanes_max(a, b)))
    }

    /// Way along each ray from sample to sample, along the axis on which they come fastest.
    @inline(__always)
    static func step(_ volume: shading_volume, _ direction: Vec) -> Lanes {
        let d = transformed(volume.to_grid, direction)
        let fastest = lanes_max(lanes_abs(d.x), lanes_max(lanes_abs(d.y), lanes_abs(d.z)))
        return 1 / lanes_max(fastest, Lanes(repeating: 1e-20))
    }

    /// Colour and opacity at places within the volume; other lanes hold anything.
    @inline(never)
    static func sample(_ volume: shading_volume, _ place: Vec, _ active: Mask) -> VolumeSample {
        let m = volume.to_grid
        let p = transformed(m, place) + Vec(m.9, m.10, m.11)
        var values = Lanes(repeating: .nan)
        var isAny = false
        for lane in 0..<16 where active[lane] != 0 {
            let place = Place(volume, p.x[lane], p.y[lane], p.z[lane])
            guard place.isShown(volume) else { continue }
            values[lane] = place.value(volume)
            isAny = true
        }
        return isAny ? ramp(volume, values) : VolumeSample(color: Vec(all: 0), opacity: Lanes(repeating: 0))
    }

    @inline(__always)
    private static func ramp(_ volume: shading_volume, _ values: Lanes) -> VolumeSample {
        let last = Float(volume.ramp_count - 1)
        let zero = Lanes(repeating: 0)
        let position = (values - volume.ramp_low) * volume.ramp_scale
        // What is not a number shows nothing.
        let known = lanes_less_equal(lanes_abs(values), Lanes(repeating: .infinity))
        let x = lanes_min(lanes_max(lanes_select(known, position, zero), zero), Lanes(repeating: last))
        var (r, g, b, a) = (zero, zero, zero, zero)
        for lane in 0..<16 {
            let index = Int(x[lane])
            let f = x[lane] - Float(index)
            let p = volume.ramp + 4 * index
            let q = volume.ramp + 4 * min(index + 1, Int(volume.ramp_count) - 1)
            r[lane] = p[0] + (q[0] - p[0]) * f
            g[lane] = p[1] + (q[1] - p[1]) * f
            b[lane] = p[2] + (q[2] - p[2]) * f
            a[lane] = p[3] + (q[3] - p[3]) * f
        }
        return VolumeSample(color: Vec(r, g, b), opacity: masked(known, lanes_max(a, zero)))
    }

    /// The linear part of a transform, which is kept column after column.
    @inline(__always)
    private static func transformed(
        _ m: (Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float), _ v: Vec
    ) -> Vec {
        Vec(
            v.x * m.0 + v.y * m.3 + v.z * m.6, v.x * m.1 + v.y * m.4 + v.z * m.7,
            v.x * m.2 + v.y * m.5 + v.z * m.8)
    }
}

/// A place between eight samples of a grid; beyond the outermost samples it is among those.
private struct Place {
    private let i: Int
    private let j: Int
    private let k: Int
    private let x: Float
    private let y: Float
    private let z: Float

    @inline(__always)
    init(_ volume: shading_volume, _ x: Float, _ y: Float, _ z: Float) {
        (i, self.x) = Self.cell(x, volume.width)
        (j, self.y) = Self.cell(y, volume.height)
        (k, self.z) = Self.cell(z, volume.depth)
    }

    /// The sample before a place on an axis that has another behind it, and how far the place is behind it.
    @inline(__always)
    private static func cell(_ x: Float, _ count: Int32) -> (Int, Float) {
        guard count > 1 else { return (0, 0) }
        // What is not a number is taken for 0.
        let inside = x > 0 ? min(x, Float(count - 1)) : 0
        let index = min(Int(inside), Int(count) - 2)
        return (index, inside - Float(index))
    }

    /// Whether anything of the block around the place has an opacity.
    @inline(__always)
    func isShown(_ volume: shading_volume) -> Bool {
        let side = Int(SHADING_VOLUME_CELL)
        let cell = i / side + Int(volume.cells_across) * (j / side + Int(volume.cells_down) * (k / side))
        return volume.cells[cell] != 0
    }

    /// The value, mixed from the eight samples.
    @inline(__always)
    func value(_ volume: shading_volume) -> Float {
        let right = volume.width > 1 ? 1 : 0
        let down = volume.height > 1 ? Int(volume.width) : 0
        let deep = volume.depth > 1 ? Int(volume.width) * Int(volume.height) : 0
        let first = i + Int(volume.width) * (j + Int(volume.height) * k)
        func row(_ index: Int) -> Float {
            let (a, b) = (Self.load(volume, index), Self.load(volume, index + right))
            return a + (b - a) * x
        }
        func plane(_ index: Int) -> Float {
            let (a, b) = (row(index), row(index + down))
            return a + (b - a) * y
        }
        let (a, b) = (plane(first), plane(first + deep))
        return a + (b - a) * z
    }

    @inline(__always)
    private static func load(_ volume: shading_volume, _ index: Int) -> Float {
        let samples = volume.samples
        switch volume.kind {
        case UInt32(SHADING_VOXEL_UINT8): return Float(samples.load(fromByteOffset: index, as: UInt8.self))
        case UInt32(SHADING_VOXEL_INT16): return Float(samples.load(fromByteOffset: 2 * index, as: Int16.self))
        case UInt32(SHADING_VOXEL_UINT16): return Float(samples.load(fromByteOffset: 2 * index, as: UInt16.self))
        default: return samples.load(fromByteOffset: 4 * index, as: Float.self)
        }
    }
}
