// SPDX-License-Identifier: Apache-2.0
import CVector

/// Guides lose their noise, then colour is fitted to them.
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
        least = 3e-3 * field.meanLight * field.meanLight + 1e-20
        let steps = -Self.radius...Self.radius
        offsets = steps.flatMap { v in steps.map { u in Int64(v * field.row + u) } }
        places = steps.flatMap { v in steps.flatMap { u in [Float(u), Float(v)].map { $0 / Float(Self.radius) } } }
    }

    /// Writes a tile's pixels to rows of colour: fitted where it varies, or finer guides do, the others as they came.
    func run(_ tile: DenoiseTile, _ scratch: borrowing DenoiseScratch, to target: RowAddress) {
        let work = DenoiseWork(field.variations, field, tile)
        let boxes = work.boxes
        field.copy(tile, to: target)
        guard !boxes.isEmpty else { return }
        field.copyGuides(tile)
        for box in DenoiseWork([DenoiseField.Plane.fineNoise], field, tile).boxes {
            cleanGuides(tile, box, scratch)
        }
        for box in boxes {
            fitColor(tile, box, work, scratch)
            field.write(tile, box, scratch.sums, to: target)
        }
    }

    /// Means of guides over neighbours whose guides look alike (non-local means, Buades et al. 2005).
    private func cleanGuides(_ tile: DenoiseTile, _ box: DenoiseBox, _ scratch: borrowing DenoiseScratch) {
        typealias Plane = DenoiseField.Plane
        let (x, y) = (tile.x + box.x, tile.y + box.rows.lowerBound)
        var part = field.part(Plane.fine, tile, box)
        let step = box.width * box.rows.count
        scratch.sums.update(repeating: 0, count: 7 * step)
        for offset in offsets {
            kernels.patch_weights(
                &part, 6, field.place(Plane.fineNoise, x: x, y: y), field.place(Plane.mask, x: x, y: y), offset, 0.5,
                field.guideNoise.least, scratch.rows, scratch.weights)
            kernels.add_weighted(&part, 6, scratch.weights, offset, scratch.sums)
        }
        let columns = min(box.width, tile.columns - box.x)
        for row in 0..<box.rows.count {
            let (sums, noise) = (scratch.sums + row * box.width, field.place(Plane.fineNoise, x: x, y: y + row))
            for plane in 0..<6 {
                let target = field.place(Plane.clean + plane, x: x, y: y + row)
                // A pixel weighs at least as much as it is like itself.
                for x in 0..<columns where noise[x] > 0 {
                    target[x] = sums[plane * step + x] / max(sums[6 * step + x], 1e-30)
                }
            }
        }
    }

    /// Colour as a first-order function of guides and place, fitted to neighbours that look alike and told at the clean
    /// guides; four planes of the scratch's sums.
    private func fitColor(
        _ tile: DenoiseTile, _ box: DenoiseBox, _ work: DenoiseWork, _ scratch: borrowing DenoiseScratch
    ) {
        typealias Plane = DenoiseField.Plane
        let (x, y) = (tile.x + box.x, tile.y + box.rows.lowerBound)
        var part = field.part(Plane.color, tile, box)
        let step = box.width * box.rows.count
        for (index, offset) in offsets.enumerated() {
            kernels.patch_weights(
                &part, 3, field.place(Plane.noise, x: x, y: y), field.place(Plane.mask, x: x, y: y), offset,
                strength * strength, least, scratch.rows, scratch.weights + index * step)
        }
        for row in 0..<box.rows.count {
            for group in box.groups where work.has(group, row: box.rows.lowerBound + row) {
                let column = (group - box.groups.lowerBound) * DenoiseTile.step
                let first = row * box.width + column
                fit(x: x + column, y: y + row, scratch.weights + first, step: step, scratch.sums + first)
            }
        }
    }

    /// Fits sixteen pixels.
    private func fit(
        x: Int, y: Int, _ weights: UnsafePointer<Float>, step: Int, _ target: UnsafeMutablePointer<Float>
    ) {
        typealias Plane = DenoiseField.Plane
        offsets.withUnsafeBufferPointer { offsets in
            places.withUnsafeBufferPointer { places in
                var fit = vec_regression(
                    noisy: field.place(Plane.guides, x: x, y: y), clean: field.place(Plane.clean, x: x, y: y),
                    color: field.place(Plane.color, x: x, y: y), plane: Int64(field.plane), row: Int64(field.row),
                    count: Int64(offsets.count), offsets: offsets.baseAddress!, places: places.baseAddress!,
                    guide_ridge: 1e-3, place_ridge: 1e-2)
                kernels.regress(&fit, weights, Int64(step), Int64(DenoiseTile.step), target)
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
