// SPDX-License-Identifier: Apache-2.0
import CShading
import Models
import Scene

/// A grid of samples as kernels read it; shared by all instances of its asset.
final class VolumeSamples: @unchecked Sendable {
    // Sendable: filled while it is made, only read afterwards.

    /// What a sample is, as kernels number it.
    let kind: UInt32
    let samples: UnsafeRawPointer
    /// Samples along x, y and z.
    let size: SIMD3<Int32>
    /// The box that the volume fills, in grid coordinates: sample i, j, k lies at i, j, k.
    let low: SIMD3<Float>
    let high: SIMD3<Float>
    /// From the asset's coordinates to the grid's.
    let toGrid: Matrix4
    /// In the asset's coordinates.
    let bounds: Bounds
    let cells: VolumeCells
    private let arena = Arena()

    /// `nil` when the grid's spacing is not positive or a side has more samples than can be numbered.
    init?(_ grid: VolumeGrid) {
        let spacing = SIMD3<Double>(grid.spacing)
        let isPlaced = (0..<3).allSatisfy {
            spacing[$0] > 0 && spacing[$0].isFinite && Int32(exactly: grid.dimensions[$0]) != nil
        }
        guard isPlaced else { return nil }
        (kind, samples) = Self.samples(grid.samples, arena)
        size = SIMD3<Int32>(truncatingIfNeeded: grid.dimensions)
        cells = Self.cells(grid)
        let shift = grid.isVertexCentered ? 0 : 0.5
        let low = SIMD3(repeating: -shift)
        let high = SIMD3<Double>(grid.dimensions) - (1 - shift)
        (self.low, self.high) = (SIMD3<Float>(low), SIMD3<Float>(high))
        toGrid = Matrix4(
            SIMD4(1 / spacing.x, 0, 0, 0), SIMD4(0, 1 / spacing.y, 0, 0), SIMD4(0, 0, 1 / spacing.z, 0),
            SIMD4(-shift, -shift, -shift, 1))
        let extent = (high - low) * spacing
        bounds = Bounds(min: .zero, max: Vector3(extent.x, extent.y, extent.z))
    }

    /// Samples as kernels know them: halves and doubles become floats.
    private static func samples(_ samples: VolumeGrid.Samples, _ arena: Arena) -> (UInt32, UnsafeRawPointer) {
        switch samples {
        case .uint8(let values): (UInt32(SHADING_VOXEL_UINT8), UnsafeRawPointer(arena.copy(values)))
        case .int16(let values): (UInt32(SHADING_VOXEL_INT16), UnsafeRawPointer(arena.copy(values)))
        case .uint16(let values): (UInt32(SHADING_VOXEL_UINT16), UnsafeRawPointer(arena.copy(values)))
        case .float16(let values): floats(values.map { Float(half: $0) }, arena)
        case .float32(let values): floats(values, arena)
        case .float64(let values): floats(values.map { Float($0) }, arena)
        }
    }

    private static func cells(_ grid: VolumeGrid) -> VolumeCells {
        switch grid.samples {
        case .uint8(let values): VolumeCells(grid.dimensions) { Float(values[$0]) }
        case .int16(let values): VolumeCells(grid.dimensions) { Float(values[$0]) }
        case .uint16(let values): VolumeCells(grid.dimensions) { Float(values[$0]) }
        case .float16(let values): VolumeCells(grid.dimensions) { Float(half: values[$0]) }
        case .float32(let values): VolumeCells(grid.dimensions) { values[$0] }
        case .float64(let values): VolumeCells(grid.dimensions) { Float(values[$0]) }
        }
    }

    private static func floats(_ values: [Float], _ arena: Arena) -> (UInt32, UnsafeRawPointer) {
        (UInt32(SHADING_VOXEL_FLOAT32), UnsafeRawPointer(arena.copy(values)))
    }
}

extension Float {
    /// A half-precision number from its bits (IEEE 754 binary16), which not all processors read.
    init(half bits: UInt16) {
        let exponent = Int(bits >> 10) & 31
        let fraction = Float(bits & 1023)
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        switch exponent {
        case 0: self = sign * fraction * 0x1p-24
        case 31: self = fraction == 0 ? sign * .infinity : .nan
        default: self = sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}
