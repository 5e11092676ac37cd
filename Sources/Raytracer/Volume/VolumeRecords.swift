// SPDX-License-Identifier: Apache-2.0
import CShading
import Models
import Scene

/// The volumes of a scene's instances as kernels take them.
struct VolumeRecords {
    private(set) var records: [shading_volume] = []
    private(set) var bounds = Bounds.empty

    /// Volumes whose transform flattens space show nothing, like surfaces.
    init(_ instances: [RenderInstance], _ arena: Arena) {
        for instance in instances {
            guard !instance.asset.volumes.isEmpty, let inverse = instance.transform.inverse else { continue }
            let ramp = Ramp(instance.colorRamp ?? ColorRamp(), arena)
            for volume in instance.asset.volumes {
                let toGrid = volume.toGrid * inverse
                guard toGrid.fitsFloats else { continue }
                let shown = arena.copy(volume.cells.ranges.map { ramp.shows($0) ? UInt8(1) : 0 })
                records.append(Self.record(volume, toGrid.columns, ramp, UnsafePointer(shown)))
                bounds.formUnion(volume.bounds.transformed(by: instance.transform))
            }
        }
    }

    private static func record(
        _ volume: VolumeSamples, _ toGrid: Columns3x4, _ ramp: Ramp, _ shown: UnsafePointer<UInt8>
    ) -> shading_volume {
        let (size, low, high) = (volume.size, volume.low, volume.high)
        return shading_volume(
            kind: volume.kind, width: size.x, height: size.y, depth: size.z, samples: volume.samples, to_grid: toGrid,
            low: (low.x, low.y, low.z), high: (high.x, high.y, high.z), ramp: ramp.colors, ramp_count: ramp.count,
            ramp_low: ramp.low, ramp_scale: ramp.scale, cells: shown,
            cells_across: Int32(clamping: volume.cells.size.x),
            cells_down: Int32(clamping: volume.cells.size.y))
    }
}

/// A colour ramp as kernels look it up.
private struct Ramp {
    let colors: UnsafePointer<Float>
    let count: Int32
    let low: Float
    let scale: Float

    /// Whether any value of a range has an opacity.
    func shows(_ range: SIMD2<Float>) -> Bool {
        guard range.x <= range.y else { return false }
        let last = Float(count - 1)
        func position(_ value: Float) -> Float { min(max((value - low) * scale, 0), last) }
        let (first, end) = (Int(position(range.x)), Int(position(range.y).rounded(.up)))
        return (first...max(first, end)).contains { colors[4 * $0 + 3] > 0 }
    }

    init(_ ramp: ColorRamp, _ arena: Arena) {
        let all = ramp.colors.isEmpty ? ColorRamp().colors : ramp.colors
        var flat: [Float] = []
        for color in all {
            for c in 0..<4 { flat.append(color[c].isFinite ? max(color[c], 0) : 0) }
        }
        colors = UnsafePointer(arena.copy(flat))
        count = Int32(clamping: all.count)
        low = ramp.range.x.isFinite ? ramp.range.x : 0
        // A range of no width is a step.
        let width = ramp.range.y - low
        scale = width > 0 ? Float(all.count - 1) / width : .greatestFiniteMagnitude
    }
}
