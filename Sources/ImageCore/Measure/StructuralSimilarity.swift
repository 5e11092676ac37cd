// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// Mean structural similarity after Wang, Bovik, Sheikh and Simoncelli, 2004: Gaussian windows of 11x11 (sigma 1.5) over
/// luma, cut off and weighed anew at the borders; K1 = 0.01, K2 = 0.03.
///
/// Rows are added one by one; only the last eleven are kept.
struct StructuralSimilarity: ~Copyable {
    private static let radius = 5
    private static let moments = 5
    private static let kernel: [Double] = (-radius...radius).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }

    private let width: Int
    private let height: Int
    private var added = 0
    private var sum = 0.0
    /// Horizontally blurred moments x, y, xx, yy, xy of the last eleven rows.
    private var ring: [Double]
    private var luma: [(Double, Double)]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        ring = [Double](repeating: 0, count: Self.kernel.count * Self.moments * width)
        luma = [(Double, Double)](repeating: (0, 0), count: width)
    }

    /// Adds the next rows of both pictures: RGBA floats, encoded, straight.
    mutating func add(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) {
        for x in 0..<width { luma[x] = (Self.luma(a + 4 * x), Self.luma(b + 4 * x)) }
        blurRow()
        added += 1
        if added > Self.radius { finishRow(added - 1 - Self.radius) }
    }

    /// The mean over all rows, all of which must have been added; 1 for empty pictures.
    consuming func finish() -> Double {
        guard width > 0, height > 0 else { return 1 }
        for y in max(0, height - Self.radius)..<height { finishRow(y) }
        return sum / Double(width * height)
    }

    /// Rec. 601 luma over black, as usual for this measure; what is not a number counts as 0.
    private static func luma(_ pixel: UnsafePointer<Float>) -> Double {
        let mixed = 0.299 * Double(pixel[0]) + 0.587 * Double(pixel[1]) + 0.114 * Double(pixel[2])
        let value = mixed * Double(pixel[3])
        return value.isFinite ? value : 0
    }

    private mutating func blurRow() {
        let slot = added % Self.kernel.count * Self.moments * width
        for x in 0..<width {
            let reach = max(-Self.radius, -x)...min(Self.radius, width - 1 - x)
            var total = 0.0
            var (mx, my, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for k in reach {
                let weight = Self.kernel[k + Self.radius]
                let (p, q) = luma[x + k]
                total += weight
                mx += weight * p
                my += weight * q
                xx += weight * p * p
                yy += weight * q * q
                xy += weight * p * q
            }
            let at = slot + x * Self.moments
            (ring[at], ring[at + 1], ring[at + 2]) = (mx / total, my / total, xx / total)
            (ring[at + 3], ring[at + 4]) = (yy / total, xy / total)
        }
    }

    private mutating func finishRow(_ y: Int) {
        let reach = max(0, y - Self.radius)...min(height - 1, y + Self.radius)
        let total = reach.reduce(0.0) { $0 + Self.kernel[$1 - y + Self.radius] }
        let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)
        for x in 0..<width {
            var (mx, my, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for line in reach {
                let weight = Self.kernel[line - y + Self.radius] / total
                let at = (line % Self.kernel.count * width + x) * Self.moments
                mx += weight * ring[at]
                my += weight * ring[at + 1]
                xx += weight * ring[at + 2]
                yy += weight * ring[at + 3]
                xy += weight * ring[at + 4]
            }
            let (vx, vy, covariance) = (xx - mx * mx, yy - my * my, xy - mx * my)
            sum += (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2))
        }
    }
}
