// SPDX-License-Identifier: Apache-2.0

/// The JPEG pipeline without rounding between its steps: colour change, subsampling and cosine transform in floats.
///
/// That is how stb's encoder works, and so a real Brayns; libjpeg rounds colours to 8 bits first, which shows in flat
/// areas. After ITU T.81, with the standard's own Huffman codes.
struct FloatJPEG: ~Copyable {
    private let width: Int
    private let height: Int
    /// Whether colour is stored at half resolution in both directions.
    private let isHalved: Bool
    private let luminance: JPEGQuantization
    private let chrominance: JPEGQuantization
    private let order = JPEGTables.order
    private var writer = JPEGBitWriter()
    private var predictions = SIMD3<Int>(repeating: 0)

    init(width: Int, height: Int, quality: Int, isHalved: Bool) {
        (self.width, self.height, self.isHalved) = (width, height, isHalved)
        luminance = JPEGQuantization(JPEGTables.luminance, quality: quality)
        chrominance = JPEGQuantization(JPEGTables.chrominance, quality: quality)
    }

    /// Encodes interleaved 8-bit red, green and blue.
    mutating func encode(_ pixels: UnsafeRawBufferPointer, stride: Int) -> [UInt8] {
        writer.reserve(width * height / 4)
        writeHead()
        let step = isHalved ? 16 : 8
        // One row of units at a time, as planes of floats that end with a whole unit.
        let columns = (width + step - 1) / step * step
        var planes = [Float](repeating: 0, count: 3 * columns * step)
        for top in Swift.stride(from: 0, to: height, by: step) {
            planes.withUnsafeMutableBufferPointer { planes in
                for row in 0..<step {
                    let line = UnsafeRawBufferPointer(
                        rebasing: pixels[(min(top + row, height - 1) * stride)...].prefix(3 * width))
                    Self.separate(line, planes.baseAddress! + row * columns, plane: columns * step, columns: columns)
                }
            }
            planes.withUnsafeBufferPointer { planes in
                for left in Swift.stride(from: 0, to: columns, by: step) {
                    writeUnit(planes.baseAddress! + left, columns: columns, plane: columns * step)
                }
            }
        }
        writer.finish()
        return writer.bytes
    }

    /// One row in luminance and two differences of colour, the last pixel repeated up to the unit's end.
    private static func separate(
        _ line: UnsafeRawBufferPointer, _ target: UnsafeMutablePointer<Float>, plane: Int, columns: Int
    ) {
        let count = line.count / 3
        var place = 0
        for column in 0..<count {
            let (r, g, b) = (Float(line[place]), Float(line[place + 1]), Float(line[place + 2]))
            place += 3
            target[column] = 0.29900 * r + 0.58700 * g + 0.11400 * b - 128
            target[plane + column] = -0.16874 * r - 0.33126 * g + 0.50000 * b
            target[2 * plane + column] = 0.50000 * r - 0.41869 * g - 0.08131 * b
        }
        for start in [0, plane, 2 * plane] {
            for column in count..<columns { target[start + column] = target[start + count - 1] }
        }
    }

    private mutating func writeUnit(_ unit: UnsafePointer<Float>, columns: Int, plane: Int) {
        let side = isHalved ? 2 : 1
        for block in 0..<side * side {
            let start = unit + block / 2 * 8 * columns + block % 2 * 8
            write(JPEGBlock(start, stride: columns), 0)
        }
        for component in 1...2 {
            let start = unit + component * plane
            write(
                isHalved ? JPEGBlock(halving: start, stride: columns) : JPEGBlock(start, stride: columns), component)
        }
    }

    private mutating func write(_ block: consuming JPEGBlock, _ component: Int) {
        let isLuminance = component == 0
        block.transform()
        let values = block.quantized(isLuminance ? luminance : chrominance)
        let constants = isLuminance ? JPEGTables.luminanceConstants : JPEGTables.chrominanceConstants
        let waves = isLuminance ? JPEGTables.luminanceWaves : JPEGTables.chrominanceWaves
        let level = Int(values[0][0])
        writer.write(constants, run: 0, value: level - predictions[component])
        predictions[component] = level
        var rest = values[0]
        rest[0] = 0
        for row in 1..<8 { rest |= values[row] }
        // Flat blocks are many.
        guard rest != .zero else { return writer.write(waves, symbol: 0) }
        var run = 0
        order.withUnsafeBufferPointer { order in
            for number in 1..<64 {
                let place = Int(order[number])
                let value = Int(values[place >> 3][place & 7])
                if value == 0 {
                    run += 1
                    continue
                }
                while run > 15 {
                    writer.write(waves, symbol: 0xF0)
                    run -= 16
                }
                writer.write(waves, run: run, value: value)
                run = 0
            }
        }
        if run > 0 { writer.write(waves, symbol: 0) }
    }

    private mutating func writeHead() {
        writer.append([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
        writer.append([0xFF, 0xDB, 0, 132, 0] + luminance.table + [1] + chrominance.table)
        let size = [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
        writer.append([0xFF, 0xC0, 0, 17, 8] + size + [3, 1, isHalved ? 0x22 : 0x11, 0, 2, 0x11, 1, 3, 0x11, 1])
        writer.append([0xFF, 0xC4, 0x01, 0xA2])
        let codes = [
            (0x00, JPEGTables.luminanceConstants), (0x10, JPEGTables.luminanceWaves),
            (0x01, JPEGTables.chrominanceConstants), (0x11, JPEGTables.chrominanceWaves),
        ]
        for (name, code) in codes { writer.append([UInt8(name)] + code.lengths + code.symbols) }
        writer.append([0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 0x3F, 0])
    }
}
