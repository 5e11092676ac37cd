// SPDX-License-Identifier: Apache-2.0
import Scene

/// Samples on a regular grid, x fastest, that are drawn through a `ColorRamp`.
///
/// The grid begins at the origin. Samples stand in the middle of cells, so the grid reaches from 0 to
/// `dimensions * spacing`; with `isVertexCentered` they stand at the cells' corners.
public struct VolumeGrid: Sendable {
    /// The samples as their file holds them, in the machine's byte order.
    public enum Samples: Sendable {
        case uint8([UInt8])
        case int16([Int16])
        case uint16([UInt16])
        /// Bit patterns of half-precision numbers.
        case float16([UInt16])
        case float32([Float])
        case float64([Double])

        /// How many samples there are.
        public var count: Int {
            switch self {
            case .uint8(let values): values.count
            case .int16(let values): values.count
            case .uint16(let values), .float16(let values): values.count
            case .float32(let values): values.count
            case .float64(let values): values.count
            }
        }
    }

    /// Samples along x, y and z, each at least 1.
    public var dimensions: SIMD3<Int>
    /// Scene units from sample to sample along each axis.
    public var spacing: SIMD3<Float>
    /// As many as the product of `dimensions`.
    public var samples: Samples
    /// Whether samples stand at the corners of cells and not in their middles.
    public var isVertexCentered: Bool

    /// Puts a grid together.
    ///
    /// - Throws: `ModelError` when the number of samples is not the product of the dimensions.
    public init(
        dimensions: SIMD3<Int>, spacing: SIMD3<Float> = SIMD3(repeating: 1), samples: Samples,
        isVertexCentered: Bool = false
    ) throws(ModelError) {
        let expected = Self.sampleCount(dimensions)
        guard let expected, expected > 0 else {
            throw ModelError(
                .corrupt,
                "A volume of \(dimensions.x) x \(dimensions.y) x \(dimensions.z) samples is empty or too large")
        }
        guard samples.count == expected else {
            throw ModelError(
                .corrupt,
                "A volume of \(dimensions.x) x \(dimensions.y) x \(dimensions.z) needs \(expected) samples, "
                    + "but there are \(samples.count)")
        }
        self.dimensions = dimensions
        self.spacing = spacing
        self.samples = samples
        self.isVertexCentered = isVertexCentered
    }

    /// The product of the dimensions, `nil` when one is negative or the product has no place in memory.
    public static func sampleCount(_ dimensions: SIMD3<Int>) -> Int? {
        var product = 1
        for axis in 0..<3 {
            guard dimensions[axis] >= 0 else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: dimensions[axis])
            guard !overflow, next < 1 << 40 else { return nil }
            product = next
        }
        return product
    }

    /// The box that the grid fills.
    public var bounds: Bounds {
        let size = SIMD3<Double>(SIMD3<Float>(dimensions)) * SIMD3<Double>(spacing)
        return Bounds(min: .zero, max: Vector3(size.x, size.y, size.z))
    }
}
