// SPDX-License-Identifier: Apache-2.0

extension DenoiseField {
    /// Writes a tile's colour as it came.
    func copy(_ tile: DenoiseTile, to target: RowAddress) {
        for y in tile.y..<tile.y + tile.height {
            let pixels = target.row(y).assumingMemoryBound(to: Float.self) + 4 * tile.x
            for c in 0..<4 {
                let samples = place(Plane.color + c, x: tile.x, y: y)
                for x in 0..<tile.columns { pixels[4 * x + c] = samples[x] }
            }
        }
    }

    /// Takes the finest guides of a tile for clean ones.
    func copyGuides(_ tile: DenoiseTile) {
        for y in tile.y..<tile.y + tile.height {
            for k in 0..<6 {
                place(Plane.clean + k, x: tile.x, y: y).update(
                    from: place(Plane.fine + k, x: tile.x, y: y), count: DenoiseTile.width)
            }
        }
    }

    /// Writes the pixels of a box that are to change.
    ///
    /// - Parameter planes: four, as wide as the box.
    func write(_ tile: DenoiseTile, _ box: DenoiseBox, _ planes: UnsafePointer<Float>, to target: RowAddress) {
        let step = box.width * box.rows.count
        let (first, columns) = (tile.x + box.x, min(box.width, tile.columns - box.x))
        for (row, y) in box.rows.enumerated() {
            let y = tile.y + y
            let pixels = target.row(y).assumingMemoryBound(to: Float.self) + 4 * first
            let variations = self.variations.map { UnsafePointer(place($0, x: first, y: y)) }
            for c in 0..<4 {
                let own = place(Plane.color + c, x: first, y: y)
                let samples = planes + c * step + row * box.width
                for x in 0..<columns where variations.contains(where: { $0[x] > 0 }) {
                    // A fit may leave the range that coverage and light have; what came with negative light keeps it.
                    var value = max(samples[x], min(0, own[x]))
                    if c == 3 { value = min(value, max(1, own[x])) }
                    pixels[4 * x + c] = value
                }
            }
        }
    }
}
