// SPDX-License-Identifier: Apache-2.0

/// Values at the places of a regular grid, such as a brain's, read in one of five ways.
package struct Atlas: Sendable {
    /// What the values mean; the raw values are the protocol's.
    package enum Kind: String, Sendable, CaseIterable {
        /// One number a place.
        case scalar
        /// A quaternion (w, x, y, z) a place.
        case orientation
        /// Two whole numbers a place: where it lies on a flat map.
        case flatmap
        /// Two distances a place: to a layer's lower and upper bound.
        case layerDistance = "layer_distance"
        /// A direction a place.
        case vector

        /// Numbers a place.
        package var components: Int {
            switch self {
            case .scalar: 1
            case .flatmap, .layerDistance: 2
            case .vector: 3
            case .orientation: 4
            }
        }
    }

    /// The values, brought into a form.
    enum Voxels: Sendable {
        case scalars([Double])
        /// Unit quaternions x, y, z, w; zero where there is none.
        case orientations([SIMD4<Float>])
        case areas([SIMD2<Int>])
        /// Not finite where there is none.
        case distances([SIMD2<Float>])
        /// Unit vectors; zero where there is none.
        case directions([SIMD3<Float>])
    }

    package let kind: Kind
    package let dimensions: SIMD3<Int>
    package let spacing: SIMD3<Float>
    let voxels: Voxels

    /// Takes the samples of a file as values of a kind.
    ///
    /// - Throws: `ModelError` with `.corrupt` when the file has another number of values a place.
    package init(_ file: NRRDReader, as kind: Kind, shown: String) throws(ModelError) {
        let head = file.header
        guard head.components == kind.components else {
            throw ModelError(
                .corrupt,
                "\(shown) has \(head.components) numbers a voxel; an atlas of the type '\(kind.rawValue)' has "
                    + "\(kind.components).")
        }
        (self.kind, dimensions, spacing) = (kind, head.dimensions, head.spacing)
        switch kind {
        case .scalar: voxels = .scalars(file.values())
        case .orientation: voxels = .orientations(Self.orientations(file.values()))
        case .flatmap: voxels = .areas(Self.areas(file.values()))
        case .layerDistance: voxels = .distances(Self.pairs(file.values()))
        case .vector: voxels = .directions(Self.directions(file.values()))
        }
    }

    package var voxelCount: Int { dimensions.x * dimensions.y * dimensions.z }

    /// The places whose values can be used, as Brayns tells them: scalars and areas above the least of all, others that
    /// are finite and not zero.
    func validity() -> [Bool] {
        switch voxels {
        case .scalars(let values):
            let least = values.lazy.filter { !$0.isNaN }.min() ?? 0
            return values.map { $0 > least && $0.isFinite }
        case .orientations(let values): return values.map { $0 != .zero }
        case .areas(let values):
            let least = values.lazy.map { Swift.min($0.x, $0.y) }.min() ?? 0
            return values.map { $0.x > least && $0.y > least }
        case .distances(let values): return values.map { $0.x.isFinite && $0.y.isFinite }
        case .directions(let values): return values.map { $0 != .zero }
        }
    }

    /// The box of a voxel as Brayns draws it, which is one voxel off in z.
    func box(_ index: Int) -> (min: SIMD3<Float>, max: SIMD3<Float>) {
        let place = SIMD3(
            index % dimensions.x, index / dimensions.x % dimensions.y, index / (dimensions.x * dimensions.y))
        let corner = SIMD3<Float>(place) * spacing - SIMD3(0, 0, spacing.z)
        return (corner, corner + spacing)
    }

    private static func orientations(_ values: [Float]) -> [SIMD4<Float>] {
        (0..<values.count / 4).map { place in
            let wxyz = SIMD4(values[4 * place], values[4 * place + 1], values[4 * place + 2], values[4 * place + 3])
            let square = (wxyz * wxyz).sum()
            guard square > 0, square.isFinite else { return .zero }
            return SIMD4(wxyz.y, wxyz.z, wxyz.w, wxyz.x) / square.squareRoot()
        }
    }

    private static func areas(_ values: [Double]) -> [SIMD2<Int>] {
        func whole(_ value: Double) -> Int { value.isNaN ? .min : Int(Swift.max(-1e15, Swift.min(value, 1e15))) }
        return (0..<values.count / 2).map { SIMD2(whole(values[2 * $0]), whole(values[2 * $0 + 1])) }
    }

    private static func pairs(_ values: [Float]) -> [SIMD2<Float>] {
        (0..<values.count / 2).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) }
    }

    private static func directions(_ values: [Float]) -> [SIMD3<Float>] {
        func finite(_ value: Float) -> Float { value.isFinite ? value : 0 }
        return (0..<values.count / 3).map { place in
            let vector = SIMD3(finite(values[3 * place]), finite(values[3 * place + 1]), finite(values[3 * place + 2]))
            let length = (vector * vector).sum().squareRoot()
            return length > 0 && length.isFinite ? vector / length : .zero
        }
    }
}
