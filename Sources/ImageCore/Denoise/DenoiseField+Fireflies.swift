// SPDX-License-Identifier: Apache-2.0

extension DenoiseField {
    /// A pixel is a firefly when it is so many times as bright as all around it and as the picture's mean.
    static let fireflyLimit: Float = 4

    /// Dims pixels that one sample has made far brighter than all around them, and remembers the light that they lose.
    ///
    /// Such a sample outshines everything that a filter could average it with, and becomes a patch of light. Where the
    /// spare plane knows a small variance, the pixel's samples agree, and it is left alone.
    func calm(isKnown: Bool) {
        let (width, row, mean) = (self.width, self.row, 3 * meanLight)
        // The noise is told later; until then its plane holds what is left of each pixel.
        let scales = Plane.noise
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let light = (0..<3).map { UnsafePointer(self.place(Plane.color + $0, y: y)) }
                let (variance, scale) = (self.place(Plane.spare, y: y), self.place(scales, y: y))
                func brightness(_ x: Int) -> Float { light[0][x] + light[1][x] + light[2][x] }
                for x in 0..<width {
                    scale[x] = 1
                    let own = brightness(x)
                    guard own > Self.fireflyLimit * mean else { continue }
                    // One of n samples alone leaves a variance of the mean's square.
                    if isKnown, variance[x] >= 0, variance[x] < own * own * (1.0 / 12) { continue }
                    var most = mean
                    for v in [-row, 0, row] {
                        for u in -1...1 where u != 0 || v != 0 { most = max(most, brightness(x + v + u)) }
                    }
                    scale[x] = min(1, Self.fireflyLimit * most / own)
                }
            }
        }
        calmed = sumRows { y in
            let scale = self.place(scales, y: y)
            var lost = SIMD4<Float>.zero
            for x in 0..<width where scale[x] < 1 {
                for c in 0..<3 {
                    let samples = self.place(Plane.color + c, y: y)
                    lost[c] += samples[x] * (1 - scale[x])
                    samples[x] *= scale[x]
                }
                let variance = self.place(Plane.spare, y: y)
                if variance[x] > 0 { variance[x] *= scale[x] * scale[x] }
            }
            return lost
        }
    }
}
