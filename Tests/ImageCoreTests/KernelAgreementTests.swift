// SPDX-License-Identifier: Apache-2.0
import CVector
import Testing

@testable import ImageCore

/// Every build of a kernel that this machine runs gives what the plain twin gives.
@Suite struct KernelAgreementTests {
    static let sets = KernelSet.available.filter { $0 != .plain }
    static let plain = KernelSet(.plain).table

    typealias Bytes = (UnsafePointer<UInt8>?, UnsafeMutablePointer<UInt8>?, Int64) -> Void
    typealias StreamingBytes =
        @convention(c) (UnsafePointer<UInt8>?, UnsafeMutablePointer<UInt8>?, Int64, Int32) -> Void

    /// Runs a kernel on memory that begins at an odd address and checks that nothing is written past its end.
    private func run(_ kernel: Bytes, _ source: [UInt8], _ count: Int, outputPixel: Int, start: [UInt8]) -> [UInt8] {
        var target = start
        let shifted = [0] + source
        shifted.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { kernel(source.baseAddress! + 1, $0.baseAddress! + 3, Int64(count)) }
        }
        #expect(Array(target[(3 + count * outputPixel)...]) == Array(start[(3 + count * outputPixel)...]))
        return target
    }

    @Test("8-bit kernels are bit-equal to their twins", arguments: sets)
    func bytes(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        let pairs: [(String, Bytes, Bytes, Int)] =
            [
                ("unpremultiply", kernels.unpremultiply_rgba8, Self.plain.unpremultiply_rgba8, 4)
            ]
            + Self.streaming(kernels).map { label, kernel, twin, pixel in
                (label, { kernel($0, $1, $2, 0) }, { twin($0, $1, $2, 0) }, pixel)
            }
        for count in TestPictures.counts {
            let source = TestPictures.bytes(4 * count, seed: UInt64(count))
            let start = TestPictures.bytes(4 * count + 80, seed: 99)
            for (label, kernel, twin, pixel) in pairs {
                let result = run(kernel, source, count, outputPixel: pixel, start: start)
                #expect(
                    result == run(twin, source, count, outputPixel: pixel, start: start), "\(label) of \(count) pixels")
            }
        }
    }

    private static func streaming(
        _ kernels: vec_kernel_table
    ) -> [(String, StreamingBytes, StreamingBytes, Int)] {
        [
            ("premultiply", kernels.premultiply_rgba8, plain.premultiply_rgba8, 4),
            ("drop alpha", kernels.drop_alpha8, plain.drop_alpha8, 3),
            ("add alpha", kernels.add_alpha8, plain.add_alpha8, 4),
            ("swap", kernels.swap_red_blue8, plain.swap_red_blue8, 4),
        ]
    }

    /// Targets of every kind of address: on a cache line, on a pixel, on neither.
    @Test("what is written past the caches is what is written through them", arguments: sets, [0, 3, 4, 60, 64])
    func streaming(name: KernelSet.Name, offset: Int) {
        for count in TestPictures.counts {
            let source = TestPictures.bytes(4 * count, seed: UInt64(count))
            for (label, kernel, twin, pixel) in Self.streaming(KernelSet(name).table) {
                let target = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * count + 192, alignment: 64)
                defer { target.deallocate() }
                target.initializeMemory(as: UInt8.self, repeating: 9)
                var expected = [UInt8](repeating: 9, count: pixel * count + 64)
                kernel(source, target.baseAddress!.assumingMemoryBound(to: UInt8.self) + offset, Int64(count), 1)
                twin(source, &expected, Int64(count), 0)
                #expect(target[offset..<offset + expected.count].elementsEqual(expected), "\(label) of \(count) pixels")
            }
        }
    }

    @Test("8-bit pixels over others are bit-equal to the twin", arguments: sets)
    func overBytes(name: KernelSet.Name) {
        let (kernels, tables) = (KernelSet(name).table, SRGBTables.shared)
        for count in TestPictures.counts {
            var top = TestPictures.bytes(4 * count, seed: UInt64(count))
            let bottom = TestPictures.bytes(4 * count, seed: 77)
            // Stretches that are clear or opaque have ways of their own.
            for pixel in 0..<count where pixel / 32 % 3 > 0 { top[4 * pixel + 3] = pixel / 32 % 3 == 1 ? 0 : 255 }
            var (a, b) = ([UInt8](repeating: 9, count: 4 * count + 9), [UInt8](repeating: 9, count: 4 * count + 9))
            for (linear, codes) in [(tables.linear8, tables.encode8), (nil, nil)] {
                kernels.over_straight8(top, bottom, &a, Int64(count), linear, codes)
                Self.plain.over_straight8(top, bottom, &b, Int64(count), linear, codes)
                #expect(a == b)
            }
            for streams: Int32 in [0, 1] {
                kernels.over_premultiplied8(top, bottom, &a, Int64(count), streams)
                Self.plain.over_premultiplied8(top, bottom, &b, Int64(count), 0)
                #expect(a == b)
            }
        }
    }

    @Test("premultiplying is exactly rounded, and unpremultiplying undoes it where alpha is full")
    func premultiplyIsExact() {
        for alpha in 0...255 {
            for color in stride(from: 0, through: 255, by: 5) {
                let expected = (Double(color * alpha) / 255).rounded()
                #expect(Double(PlainKernels.scaled(UInt8(color), UInt8(alpha))) == expected)
            }
        }
    }

    @Test("light from bytes is bit-equal to the twin", arguments: sets)
    func linearize(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        let table = SRGBTables.shared.linear8
        for count in TestPictures.counts {
            let source = TestPictures.bytes(4 * count, seed: 5)
            var (a, b) = ([Float](repeating: 7, count: 4 * count + 16), [Float](repeating: 7, count: 4 * count + 16))
            for table in [table, nil] {
                for premultiplies: Int32 in [0, 1] {
                    kernels.linearize_rgba8(source, &a, Int64(count), table, premultiplies)
                    Self.plain.linearize_rgba8(source, &b, Int64(count), table, premultiplies)
                    #expect(a == b)
                }
                kernels.linearize_rgb8(source, &a, Int64(count), table)
                Self.plain.linearize_rgb8(source, &b, Int64(count), table)
                #expect(a == b)
            }
        }
    }

    @Test("bytes from light are bit-equal to the twin, also for what is not a number", arguments: sets)
    func encode(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        let table = SRGBTables.shared.encode8
        for count in TestPictures.counts {
            var source = TestPictures.floats(count, seed: UInt64(count) + 3)
            if count > 2 { (source[0], source[1], source[4], source[7]) = (.nan, .infinity, -.infinity, .nan) }
            let size = 4 * count + 16
            var (a, b) = ([UInt8](repeating: 9, count: size), [UInt8](repeating: 9, count: size))
            for table in [table, nil] {
                for unpremultiplies: Int32 in [0, 1] {
                    kernels.encode_rgba8(source, &a, Int64(count), table, unpremultiplies)
                    Self.plain.encode_rgba8(source, &b, Int64(count), table, unpremultiplies)
                    #expect(a == b)
                }
                kernels.encode_rgb8(source, &a, Int64(count), table)
                Self.plain.encode_rgb8(source, &b, Int64(count), table)
                #expect(a == b)
            }
        }
    }

    @Test("tone curves agree with the scalar ones within 1e-5", arguments: sets, 0..<4 as Range<Int32>)
    func develop(name: KernelSet.Name, curve: Int32) {
        let kernels = KernelSet(name).table
        for count in TestPictures.counts {
            for isPremultiplied: Int32 in [0, 1] {
                var a = TestPictures.floats(count, seed: 11)
                var b = a
                kernels.develop(&a, Int64(count), 1.7, curve, isPremultiplied)
                Self.plain.develop(&b, Int64(count), 1.7, curve, isPremultiplied)
                #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
            }
            let source = TestPictures.floats(count, seed: 12)
            var (a, b) = ([UInt8](repeating: 0, count: 4 * count), [UInt8](repeating: 0, count: 4 * count))
            kernels.develop_rgba8(source, &a, Int64(count), 0.6, curve, SRGBTables.shared.encode8)
            Self.plain.develop_rgba8(source, &b, Int64(count), 0.6, curve, SRGBTables.shared.encode8)
            #expect(zip(a, b).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
        }
    }

    @Test("float alpha kernels are bit-equal to their twins", arguments: sets)
    func floats(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        for count in TestPictures.counts {
            let source = TestPictures.floats(count, seed: 21)
            var (a, b) = (TestPictures.floats(count, seed: 22), TestPictures.floats(count, seed: 22))
            kernels.over_float(source, &a, Int64(count))
            Self.plain.over_float(source, &b, Int64(count))
            #expect(a == b)
            kernels.over_color(&a, Int64(count), 0.2, 0.5, 0.9)
            Self.plain.over_color(&b, Int64(count), 0.2, 0.5, 0.9)
            #expect(a == b)
            kernels.premultiply_float(source, &a, Int64(count))
            Self.plain.premultiply_float(source, &b, Int64(count))
            #expect(a == b)
            kernels.unpremultiply_float(source, &a, Int64(count))
            Self.plain.unpremultiply_float(source, &b, Int64(count))
            #expect(a == b)
        }
    }

    @Test("resample passes agree with their twins within 1e-5", arguments: sets)
    func resample(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        for count in TestPictures.counts where count > 0 {
            let (taps, rows) = (4 * (count % 3 + 1), count % 7 + 1)
            let source = TestPictures.floats((count + taps) * rows, seed: UInt64(count))
            let weights = (0..<taps + count).map { Float($0 % 7 - 2) / 9 }
            let windows = (0..<count).map { vec_window(first: Int64($0), weights: Int64(count - 1 - $0)) }
            var a = TestPictures.floats(count + 4, seed: 2)
            var b = a
            kernels.resample_row(source, &a, Int64(count), windows, weights, Int64(taps))
            Self.plain.resample_row(source, &b, Int64(count), windows, weights, Int64(taps))
            #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 })
            for adds: Int32 in [0, 1] {
                let stride = Int64(4 * (count + taps))
                kernels.resample_column(source, stride, weights, Int64(rows), &a, Int64(4 * count), adds)
                Self.plain.resample_column(source, stride, weights, Int64(rows), &b, Int64(4 * count), adds)
                #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 })
            }
        }
    }

    @Test("PNG filters are bit-equal to their twins and undone by their inverses", arguments: sets, [1, 2, 3, 4, 6, 8])
    func filters(name: KernelSet.Name, pixel: Int) {
        let kernels = KernelSet(name).table
        for count in [1, 2, 3, 7, 16, 21, 22, 64, 257] {
            let size = count * pixel
            let (row, prior) = (TestPictures.bytes(size, seed: 31), TestPictures.bytes(size, seed: 32))
            for filter in 0..<5 as Range<Int32> {
                var (a, b) = ([UInt8](repeating: 3, count: size + 70), [UInt8](repeating: 3, count: size + 70))
                kernels.filter_row(filter, row, prior, &a, Int64(size), Int32(pixel))
                Self.plain.filter_row(filter, row, prior, &b, Int64(size), Int32(pixel))
                #expect(a == b, "filter \(filter), \(count) pixels of \(pixel)")
                var back = [UInt8](repeating: 5, count: size + 70)
                kernels.unfilter_row(filter, a, &back, prior, Int64(size), Int32(pixel))
                #expect(Array(back.prefix(size)) == row, "filter \(filter), \(count) pixels of \(pixel)")
                #expect(back.dropFirst(size).allSatisfy { $0 == 5 })
                Self.plain.unfilter_row(filter, b, &back, prior, Int64(size), Int32(pixel))
                #expect(Array(back.prefix(size)) == row)
                a.withUnsafeMutableBufferPointer {
                    kernels.unfilter_row(filter, $0.baseAddress, $0.baseAddress, prior, Int64(size), Int32(pixel))
                }
                #expect(Array(a.prefix(size)) == row, "in place, filter \(filter), \(count) pixels of \(pixel)")
            }
        }
    }

    @Test("two rows of the Paeth filter are undone as one after the other", arguments: sets, [1, 2, 3, 4, 6, 8])
    func paethPairs(name: KernelSet.Name, pixel: Int) {
        let kernels = KernelSet(name).table
        for count in [1, 2, 3, 7, 64, 257] {
            let size = count * pixel
            let (first, second) = (TestPictures.bytes(size, seed: 33), TestPictures.bytes(size, seed: 34))
            let prior = TestPictures.bytes(size, seed: 35)
            var (row, next) = ([UInt8](repeating: 5, count: size + 70), [UInt8](repeating: 5, count: size + 70))
            var (twinRow, twinNext) = (row, next)
            kernels.unfilter_paeth_pair(first, second, &row, &next, prior, Int64(size), Int32(pixel))
            Self.plain.unfilter_paeth_pair(first, second, &twinRow, &twinNext, prior, Int64(size), Int32(pixel))
            #expect(row == twinRow && next == twinNext, "\(count) pixels of \(pixel)")
        }
    }

    @Test("scans agree with their twins", arguments: sets)
    func scans(name: KernelSet.Name) {
        let kernels = KernelSet(name).table
        for count in TestPictures.counts where count > 0 {
            let (a, b) = (TestPictures.bytes(4 * count, seed: 41), TestPictures.bytes(4 * count, seed: 42))
            for (low, high) in [([1, 1, 1, 1], [0, 0, 0, 0]), ([0, 0, 0, 0], [255, 128, 255, 200])]
                as [([UInt8], [UInt8])]
            {
                var (found, twin) = (vec_statistics(), vec_statistics())
                kernels.scan_rgba8(a, Int64(count), low, high, &found)
                Self.plain.scan_rgba8(a, Int64(count), low, high, &twin)
                #expect(found.least == twin.least && found.most == twin.most && found.sum == twin.sum)
                #expect(found.visible == twin.visible && found.foreground == twin.foreground)
                #expect(found.least_foreground == twin.least_foreground)
                #expect(found.most_foreground == twin.most_foreground)
            }
            var (apart, twin) = (vec_difference(), vec_difference())
            kernels.difference_rgba8(a, b, Int64(count), &apart)
            Self.plain.difference_rgba8(a, b, Int64(count), &twin)
            #expect(apart.squared == twin.squared && apart.absolute == twin.absolute)
            #expect(apart.pixels == twin.pixels && apart.largest == twin.largest)
        }
    }

    @Test("the choice of a PNG filter agrees with the twin", arguments: sets, [1, 3, 4, 8])
    func filterChoice(name: KernelSet.Name, pixel: Int) {
        let kernels = KernelSet(name).table
        for seed in 0..<40 as Range<UInt64> {
            let size = Int(seed * 7 % 90 + 1) * pixel
            let slope = Int(seed % 5)
            // Rows that resemble each other, so that the filters differ in worth.
            let prior = (0..<size).map { UInt8(truncatingIfNeeded: $0 * slope) }
            let step = UInt8(seed % 9 + 1)
            let row = zip(prior, TestPictures.bytes(size, seed: seed)).map { $0 &+ $1 % step }
            let costs = TestPictures.bytes(32, seed: seed + 100)
            for share: Int32 in [1, 2, 3] {
                #expect(
                    kernels.choose_filter(row, prior, Int64(size), Int32(pixel), costs, share)
                        == Self.plain.choose_filter(row, prior, Int64(size), Int32(pixel), costs, share))
            }
        }
    }

    @Test("deflate tokens agree with the twin, runs of every length included", arguments: sets)
    func tokens(name: KernelSet.Name) {
        for run in [0, 1, 7, 8, 9, 10, 11, 15, 16, 63, 64, 72, 257, 258, 259, 260, 261, 262, 516, 1000] {
            for lead in [0, 1, 5, 8] {
                let noise = TestPictures.bytes(lead + 21, seed: UInt64(run))
                var bytes = Array(noise.prefix(lead))
                bytes += [UInt8](repeating: 0, count: run)
                bytes += noise.dropFirst(lead)
                compareTokens(of: bytes, name, "run of \(run) after \(lead)")
            }
        }
    }

    @Test("deflate tokens agree with the twin where runs and literals are mixed", arguments: sets)
    func mixedTokens(name: KernelSet.Name) {
        var generator = SeededGenerator(71)
        for round in 0..<200 {
            // Few zeros or many, and short codes or long ones.
            let (share, values) = (1 + generator.next() % 30, round % 3 == 0 ? 12 : 256 as UInt64)
            let bytes = (0..<Int(generator.next() % 700)).map { _ in
                generator.next() % share == 0 ? UInt8(truncatingIfNeeded: generator.next() % values) : 0
            }
            compareTokens(of: bytes, name, "round \(round)")
        }
    }

    private func compareTokens(of bytes: [UInt8], _ name: KernelSet.Name, _ what: Comment) {
        let kernels = KernelSet(name).table
        let symbols: [UInt16] = (0...258).map { (index: UInt16) -> UInt16 in 257 + index % 29 }
        let codes: [UInt32] = (0..<515).map { (index: UInt32) -> UInt32 in
            // Codes above 12 bits are the last of their code and begin with ones.
            let length = 1 + index % 14
            return index & ((1 << length) - 1) | (length > 12 ? 3 : 0) | length << 24
        }
        var (a, b) = ([UInt32](repeating: 0, count: 1152), [UInt32](repeating: 0, count: 1152))
        kernels.count_tokens(bytes, Int64(bytes.count), &a, symbols)
        Self.plain.count_tokens(bytes, Int64(bytes.count), &b, symbols)
        for symbol in 0..<288 {
            let sum: UInt32 = a[symbol] &+ a[288 + symbol] &+ a[576 + symbol] &+ a[864 + symbol]
            #expect(sum == b[symbol], what)
        }
        let size = bytes.count * 2 + 16
        var (x, y) = ([UInt8](repeating: 0, count: size), [UInt8](repeating: 0, count: size))
        let start: UInt32 = 0x0300_0005
        var (p, q) = (start, start)
        let written = Int(kernels.emit_tokens(bytes, Int64(bytes.count), codes, &x, &p))
        #expect(Int(Self.plain.emit_tokens(bytes, Int64(bytes.count), codes, &y, &q)) == written && p == q, what)
        #expect(x.prefix(written) == y.prefix(written), what)
    }
}
