// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Smaller PNG layouts that hold the same 8-bit picture.
enum PNGReduction {
    /// A picture in its smaller layout; samples index the palette when there is one.
    struct Reduced: ~Copyable {
        var image: PixelBuffer
        var palette: [UInt8]
    }

    /// What the pixels need.
    struct Needs: Equatable {
        var alpha = false
        var color = false
    }

    /// The picture in a smaller layout, or `nil` when it needs all it has.
    static func reduce(_ image: borrowing PixelBuffer) -> Reduced? {
        guard image.format.sample == .uint8 else { return nil }
        if let palette = Palette(image) { return Reduced(image: palette.indices(of: image), palette: palette.rgba) }
        let has = Needs(alpha: image.format.channels.hasAlpha, color: image.format.channels.rawValue >= 3)
        let needs = needs(of: image, has: has)
        guard needs != has else { return nil }
        return Reduced(image: repack(image, needs), palette: [])
    }

    private static func needs(of image: borrowing PixelBuffer, has: Needs) -> Needs {
        var needs = Needs()
        let channels = image.format.channels.rawValue
        for y in 0..<image.height {
            let row = image.row(y).assumingMemoryBound(to: UInt8.self)
            if has.alpha, !needs.alpha {
                var all: UInt8 = 255
                for x in 0..<image.width { all &= row[x * channels + channels - 1] }
                needs.alpha = all != 255
            }
            if has.color, !needs.color {
                var difference: UInt8 = 0
                for x in 0..<image.width {
                    let pixel = row + x * channels
                    difference |= (pixel[0] ^ pixel[1]) | (pixel[0] ^ pixel[2])
                }
                needs.color = difference != 0
            }
            if needs == has { break }
        }
        return needs
    }

    private static func repack(_ image: borrowing PixelBuffer, _ needs: Needs) -> PixelBuffer {
        let channels: PixelFormat.Channels =
            needs.color ? (needs.alpha ? .rgba : .rgb) : (needs.alpha ? .greyAlpha : .grey)
        let result = PixelBuffer(
            width: image.width, height: image.height,
            format: PixelFormat(
                channels: channels, sample: .uint8, transfer: image.format.transfer,
                alpha: needs.alpha ? .straight : .none))
        let (from, to) = (image.format.channels.rawValue, channels.rawValue)
        let colors = needs.color ? 3 : 1
        for y in 0..<image.height {
            let source = image.row(y).assumingMemoryBound(to: UInt8.self)
            let target = result.row(y).assumingMemoryBound(to: UInt8.self)
            for x in 0..<image.width {
                for channel in 0..<colors { target[x * to + channel] = source[x * from + channel] }
                if needs.alpha { target[x * to + to - 1] = source[x * from + from - 1] }
            }
        }
        return result
    }
}

extension PNGReduction {
    /// The colours of a picture that has at most 256 and gains from naming them.
    struct Palette {
        /// RGBA entries, those that are not opaque first, so that tRNS stays short.
        private(set) var rgba: [UInt8] = []
        private var slots = [UInt32](repeating: 0, count: Palette.slotCount)
        private var indices = [Int16](repeating: -1, count: Palette.slotCount)
        private var order: [UInt32] = []

        private static let slotCount = 1024

        init?(_ image: borrowing PixelBuffer) {
            // Below that, PLTE costs more than the samples save.
            guard image.format.channels.rawValue >= 3, image.width * image.height >= 512 else { return nil }
            for y in 0..<image.height {
                let row = image.row(y).assumingMemoryBound(to: UInt8.self)
                var last = image.format.channels == .rgba ? Self.color(row, 0, 4) : Self.color(row, 0, 3)
                if !insert(last) { return nil }
                for x in 0..<image.width {
                    let color = Self.color(row, x, image.format.channels.rawValue)
                    if color != last {
                        if !insert(color) { return nil }
                        last = color
                    }
                }
            }
            sort()
        }

        private static func color(_ row: UnsafePointer<UInt8>, _ x: Int, _ channels: Int) -> UInt32 {
            let pixel = row + x * channels
            let alpha = channels == 4 ? UInt32(pixel[3]) : 255
            return UInt32(pixel[0]) | UInt32(pixel[1]) << 8 | UInt32(pixel[2]) << 16 | alpha << 24
        }

        private func slot(of color: UInt32) -> Int {
            var slot = Int((color &* 0x9E37_79B1) >> 22)
            while indices[slot] >= 0, slots[slot] != color { slot = (slot + 1) % Self.slotCount }
            return slot
        }

        /// Returns false when there is no room for another colour.
        private mutating func insert(_ color: UInt32) -> Bool {
            let slot = slot(of: color)
            if indices[slot] >= 0 { return true }
            guard order.count < 256 else { return false }
            slots[slot] = color
            indices[slot] = Int16(order.count)
            order.append(color)
            return true
        }

        private mutating func sort() {
            order.sort { ($0 >> 24 == 255 ? 1 : 0, $0) < ($1 >> 24 == 255 ? 1 : 0, $1) }
            for (index, color) in order.enumerated() {
                indices[slot(of: color)] = Int16(index)
                rgba += (0..<4).map { UInt8(truncatingIfNeeded: color >> (8 * UInt32($0))) }
            }
        }

        /// The picture as palette indices, one byte a pixel.
        func indices(of image: borrowing PixelBuffer) -> PixelBuffer {
            let format = PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none)
            let result = PixelBuffer(width: image.width, height: image.height, format: format)
            let channels = image.format.channels.rawValue
            for y in 0..<image.height {
                let source = image.row(y).assumingMemoryBound(to: UInt8.self)
                let target = result.row(y).assumingMemoryBound(to: UInt8.self)
                var last = Self.color(source, 0, channels)
                var index = UInt8(truncatingIfNeeded: indices[slot(of: last)])
                for x in 0..<image.width {
                    let color = Self.color(source, x, channels)
                    if color != last {
                        last = color
                        index = UInt8(truncatingIfNeeded: indices[slot(of: color)])
                    }
                    target[x] = index
                }
            }
            return result
        }
    }
}
