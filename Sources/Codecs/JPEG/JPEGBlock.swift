// SPDX-License-Identifier: Apache-2.0

/// Eight by eight samples of one component.
struct JPEGBlock {
    /// Before the transform column by column, after it row by row of coefficients.
    private var lines: InlineArray<8, SIMD8<Float>>

    init(_ start: UnsafePointer<Float>, stride: Int) {
        var rows = InlineArray<8, SIMD8<Float>>(repeating: .zero)
        for row in 0..<8 {
            rows[row] = UnsafeRawPointer(start + row * stride).loadUnaligned(as: SIMD8<Float>.self)
        }
        lines = rows
        transpose()
    }

    /// Sixteen by sixteen samples at half the resolution: the means of four each.
    init(halving start: UnsafePointer<Float>, stride: Int) {
        var rows = InlineArray<8, SIMD8<Float>>(repeating: .zero)
        for row in 0..<8 {
            let upper = UnsafeRawPointer(start + 2 * row * stride).loadUnaligned(as: SIMD16<Float>.self)
            let lower = UnsafeRawPointer(start + (2 * row + 1) * stride).loadUnaligned(as: SIMD16<Float>.self)
            rows[row] = (upper.evenHalf + upper.oddHalf + lower.evenHalf + lower.oddHalf) * 0.25
        }
        lines = rows
        transpose()
    }

    /// The cosine transform along both axes; what is left of its factors is in `JPEGQuantization`.
    mutating func transform() {
        transformLines()
        transpose()
        transformLines()
    }

    /// Arai, Agui and Nakajima, "A fast DCT-SQ scheme for images" (1988): five multiplications for eight values.
    private mutating func transformLines() {
        let (s0, d0) = (lines[0] + lines[7], lines[0] - lines[7])
        let (s1, d1) = (lines[1] + lines[6], lines[1] - lines[6])
        let (s2, d2) = (lines[2] + lines[5], lines[2] - lines[5])
        let (s3, d3) = (lines[3] + lines[4], lines[3] - lines[4])
        let (e0, e3) = (s0 + s3, s0 - s3)
        let (e1, e2) = (s1 + s2, s1 - s2)
        lines[0] = e0 + e1
        lines[4] = e0 - e1
        let even = (e2 + e3) * 0.707106781
        lines[2] = e3 + even
        lines[6] = e3 - even
        let (o0, o1, o2) = (d3 + d2, d2 + d1, d1 + d0)
        let turn = (o0 - o2) * 0.382683433
        let low = o0 * 0.541196100 + turn
        let high = o2 * 1.306562965 + turn
        let middle = o1 * 0.707106781
        let (p, m) = (d0 + middle, d0 - middle)
        lines[5] = m + low
        lines[3] = m - low
        lines[1] = p + high
        lines[7] = p - high
    }

    /// Three times the even lanes of all lines before the odd ones: each time the lane's lowest bit becomes the line's
    /// highest.
    private mutating func transpose() {
        for _ in 0..<3 {
            let source = lines
            for line in 0..<4 {
                let (first, second) = (source[2 * line], source[2 * line + 1])
                lines[line] = SIMD8(lowHalf: first.evenHalf, highHalf: second.evenHalf)
                lines[line + 4] = SIMD8(lowHalf: first.oddHalf, highHalf: second.oddHalf)
            }
        }
    }

    /// The coefficients by rows, divided and rounded, halves away from zero.
    func quantized(_ quantization: borrowing JPEGQuantization) -> InlineArray<8, SIMD8<Int32>> {
        var result = InlineArray<8, SIMD8<Int32>>(repeating: .zero)
        // Sums with 2^23 have no room for fractions: their last bits are the whole number.
        let shift = SIMD8<Float>(repeating: 8_388_608)
        for row in 0..<8 {
            let scaled = lines[row] * quantization.factors[row]
            let isNegative = scaled .< 0
            let size = scaled.replacing(with: -scaled, where: isNegative) + 0.5
            let near = size + shift
            let one = SIMD8<Int32>(repeating: 0).replacing(with: 1, where: (near - shift) .> size)
            let whole =
                (unsafeBitCast(near, to: SIMD8<Int32>.self) &- unsafeBitCast(shift, to: SIMD8<Int32>.self)) &- one
            result[row] = whole.replacing(with: 0 &- whole, where: isNegative)
        }
        return result
    }
}

/// What coefficients are divided by.
struct JPEGQuantization {
    /// As the file holds it: in its order.
    let table: [UInt8]
    /// By rows: one over the divisor and the transform's own factor.
    let factors: InlineArray<8, SIMD8<Float>>

    /// Scales one of the standard's tables (T.81, annex K.1) as the Independent JPEG Group does.
    init(_ base: [Int], quality: Int) {
        let scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
        let divisors = base.map { min(255, max(1, ($0 * scale + 50) / 100)) }
        var table = [UInt8](repeating: 0, count: 64)
        for place in 0..<64 { table[place] = UInt8(divisors[Int(JPEGTables.order[place])]) }
        self.table = table
        let parts: [Float] = [
            1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.541196100, 0.275899379,
        ].map { $0 * 2.828427125 }
        var factors = InlineArray<8, SIMD8<Float>>(repeating: .zero)
        for row in 0..<8 {
            for column in 0..<8 {
                factors[row][column] = 1 / (Float(divisors[8 * row + column]) * parts[row] * parts[column])
            }
        }
        self.factors = factors
    }
}
