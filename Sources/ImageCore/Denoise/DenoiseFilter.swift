// SPDX-License-Identifier: Apache-2.0
import CVector

/// Two passes over tiles: guides lose their noise, then colour is fitted to them.
struct DenoiseFilter: Sendable {
    /// Neighbours are as far as this in columns and rows.
    static let radius = 5

    let field: DenoiseField
    let kernels: vec_kernel_table
    /// Variance that every colour is taken to have at least, next to which differences do not count.
    let least: Float
    /// Times how much the noise counts.
    let strength: Float
    private let offsets: [Int64]
    private let places: [Float]

    init(_ field: DenoiseField, strength: Float, kernels: vec_kernel_table) {
        (self.field, self.strength, self.kernels) = (field, strength, kernels)
        least = 3e-3 * field.meanLight() * field.meanLight() + 1e-20
        let steps = -Self.radius...Self.radius
        offsets = steps.flatMap { v in steps.map { u in Int64(v * field.row + u) } }
        places = steps.flatMap { v in steps.flatMap { u in [Float(u), Float(v)].map { $0 / Float(Self.radius) } } }
    }

    /// Means of guides over neighbours whose guides look alike (non-local means, Buades et al. 2005).
    func cleanGuides(_ tile: DenoiseTile, _ scratch: borrowing DenoiseScratch) {
        typealias Plane = DenoiseField.Plane
        guard hasNoise(Plane.fineNoise, tile) else { return copy(Plane.fine, to: Plane.clean, tile) }
        var part = field.part(Plane.fine, tile)
        let step = DenoiseTile.width * tile.height
        scratch.sums.update(repeating: 0, count: 7 * step)
        for offset in offsets {
            kernels.patch_weights(
                &part, 6, field.place(Plane.fineNoise, x: tile.x, y: tile.y),
                field.place(Plane.mask, x: tile.x, y: tile.y), offset, 0.5, field.leastGuideNoise, scratch.rows,
                scratch.weights)
            kernels.add_weighted(&part, 6, scratch.weights, offset, scratch.sums)
        }
        for y in 0..<tile.height {
            let sums = scratch.sums + y * DenoiseTile.width
            for plane in 0..<6 {
                let target = field.place(Plane.clean + plane, x: tile.x, y: tile.y + y)
                // A pixel weighs at least as much as it is like itself.
                for x in 0..<tile.columns { target[x] = sums[plane * step + x] / max(sums[6 * step + x], 1e-30) }
            }
        }
    }

    /// Colour as a first-order function of guides and place, fitted to neighbours that look alike and told at the clean
    /// guides; four planes of the scratch's sums.
    ///
    /// - Returns: `false` where the tile has no noise, and the sums hold nothing.
    func fitColor(_ tile: DenoiseTile, _ scratch: borrowing DenoiseScratch) -> Bool {
        typealias Plane = DenoiseField.Plane
        guard hasNoise(Plane.noise, tile) else { return false }
        var part = field.part(Plane.color, tile)
        let step = DenoiseTile.width * tile.height
        for (index, offset) in offsets.enumerated() {
            kernels.patch_weights(
                &part, 3, field.place(Plane.noise, x: tile.x, y: tile.y),
                field.place(Plane.mask, x: tile.x, y: tile.y), offset, strength * strength, least, scratch.rows,
                scratch.weights + index * step)
        }
        offsets.withUnsafeBufferPointer { offsets in
            places.withUnsafeBufferPointer { places in
                for y in 0..<tile.height {
                    var fit = vec_regression(
                        noisy: field.place(Plane.guides, x: tile.x, y: tile.y + y),
                        clean: field.place(Plane.clean, x: tile.x, y: tile.y + y),
                        color: field.place(Plane.color, x: tile.x, y: tile.y + y), plane: Int64(field.plane),
                        row: Int64(field.row), count: Int64(offsets.count), offsets: offsets.baseAddress!,
                        places: places.baseAddress!, guide_ridge: 1e-3, place_ridge: 1e-2)
                    let row = y * DenoiseTile.width
                    kernels.regress(
                        &fit, scratch.weights + row, Int64(step), Int64(DenoiseTile.width), scratch.sums + row)
                }
            }
        }
        return true
    }

    /// Whether anything of a tile is known to vary.
    private func hasNoise(_ plane: Int, _ tile: DenoiseTile) -> Bool {
        for y in 0..<tile.height {
            let samples = field.place(plane, x: tile.x, y: tile.y + y)
            for x in 0..<tile.columns where samples[x] > 0 { return true }
        }
        return false
    }

    private func copy(_ plane: Int, to target: Int, _ tile: DenoiseTile) {
        for y in 0..<tile.height {
            for k in 0..<6 {
                field.place(target + k, x: tile.x, y: tile.y + y).update(
                    from: field.place(plane + k, x: tile.x, y: tile.y + y), count: tile.columns)
            }
        }
    }
}

/// What a thread needs for a tile.
struct DenoiseScratch: ~Copyable {
    let rows: UnsafeMutablePointer<Float>
    let weights: UnsafeMutablePointer<Float>
    let sums: UnsafeMutablePointer<Float>

    init() {
        let (side, tile) = (2 * DenoiseFilter.radius + 1, DenoiseTile.width * DenoiseTile.rows)
        rows = .allocate(capacity: (DenoiseTile.rows + 2) * (DenoiseTile.width + 32))
        weights = .allocate(capacity: side * side * tile)
        sums = .allocate(capacity: 7 * tile)
    }

    deinit {
        rows.deallocate()
        weights.deallocate()
        sums.deallocate()
    }
}
