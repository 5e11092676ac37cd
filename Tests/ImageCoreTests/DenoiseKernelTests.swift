// SPDX-License-Identifier: Apache-2.0
import CVector
import Testing

@testable import ImageCore

/// Every build of a denoising kernel that this machine runs gives what the plain twin gives, but for rounding.
@Suite struct DenoiseKernelTests {
    static let sets = KernelSet.available.filter { $0 != .plain }
    static let plain = KernelSet(.plain).table

    /// Planes of noise with a margin of 32 samples and rows.
    private struct Planes {
        static let (row, rows, margin) = (192, 96, 32)
        let samples: [Float]

        init(_ count: Int, seed: UInt64, in range: ClosedRange<Float> = 0...1) {
            var generator = SeededGenerator(seed)
            samples = (0..<count * Self.row * Self.rows).map { _ in Float.random(in: range, using: &generator) }
        }

        func with<Result>(_ width: Int, _ rows: Int, _ body: (vec_field) -> Result) -> Result {
            samples.withUnsafeBufferPointer {
                body(
                    vec_field(
                        first: $0.baseAddress! + Self.margin * Self.row + Self.margin,
                        plane: Int64(Self.row * Self.rows), row: Int64(Self.row), width: Int64(width),
                        rows: Int64(rows)))
            }
        }
    }

    private func isClose(_ a: [Float], _ b: [Float], within tolerance: Float) -> Bool {
        zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
    }

    @Test("spread agrees", arguments: sets, [(16, 1), (64, 16), (128, 7)])
    func spread(name: KernelSet.Name, size: (Int, Int)) {
        func run(_ kernels: vec_kernel_table) -> [Float] {
            var target = [Float](repeating: 0, count: Planes.row * size.1)
            Planes(6, seed: 4).with(size.0, size.1) { field in
                withUnsafePointer(to: field) { kernels.spread($0, 6, &target) }
            }
            return target
        }
        let same = isClose(run(KernelSet(name).table), run(Self.plain), within: 1e-5)
        #expect(same)
    }

    @Test("weights of patches agree", arguments: sets, [0, 1, -1, 5 * 192 + 5, -5 * 192 - 3])
    func weights(name: KernelSet.Name, offset: Int) {
        let (width, rows) = (64, 9)
        func run(_ kernels: vec_kernel_table) -> [Float] {
            let variance = Planes(1, seed: 8, in: 0...0.2)
            var mask = Planes(1, seed: 8).samples
            for i in mask.indices { mask[i] = i % 7 == 0 ? 0 : 1 }
            var scratch = [Float](repeating: 0, count: (rows + 2) * (width + 32))
            var target = [Float](repeating: 9, count: width * rows + 16)
            Planes(3, seed: 5).with(width, rows) { field in
                variance.with(width, rows) { noise in
                    mask.withUnsafeBufferPointer { mask in
                        withUnsafePointer(to: field) {
                            kernels.patch_weights(
                                $0, 3, noise.first, mask.baseAddress! + 32 * 192 + 32, Int64(offset), 1, 1e-3,
                                &scratch, &target)
                        }
                    }
                }
            }
            return target
        }
        let (own, twin) = (run(KernelSet(name).table), run(Self.plain))
        let same = isClose(own, twin, within: 2e-5)
        #expect(same)
        #expect(own.suffix(16) == Array(repeating: 9, count: 16)[...], "nothing is written past the end")
        #expect(own.contains { $0 > 0.5 && $0 <= 1 })
    }

    @Test("weighted sums agree", arguments: sets, [0, 193, -387])
    func sums(name: KernelSet.Name, offset: Int) {
        let (width, rows) = (48, 5)
        let weights = Planes(1, seed: 6).samples
        func run(_ kernels: vec_kernel_table) -> [Float] {
            var sums = [Float](repeating: 0.5, count: 7 * width * rows)
            Planes(6, seed: 7).with(width, rows) { field in
                withUnsafePointer(to: field) { kernels.add_weighted($0, 6, weights, Int64(offset), &sums) }
            }
            return sums
        }
        let same = isClose(run(KernelSet(name).table), run(Self.plain), within: 1e-6)
        #expect(same)
    }

    @Test("fits agree with those in double precision", arguments: sets, [1e-3, 1e-1] as [Float])
    func fits(name: KernelSet.Name, ridge: Float) {
        let width = 32
        let offsets = (-3...3).flatMap { v in (-3...3).map { Int64(v * Planes.row + $0) } }
        let places = (-3...3).flatMap { v in (-3...3).flatMap { [Float($0) / 3, Float(v) / 3] } }
        let weights = Array(Planes(1, seed: 12).samples.prefix(width * offsets.count))
        func run(_ kernels: vec_kernel_table) -> [Float] {
            var target = [Float](repeating: 0, count: width * 4)
            Planes(6, seed: 9).with(width, 1) { noisy in
                Planes(6, seed: 10).with(width, 1) { clean in
                    Planes(4, seed: 11, in: 0...8).with(width, 1) { color in
                        offsets.withUnsafeBufferPointer { offsets in
                            places.withUnsafeBufferPointer { places in
                                var fit = vec_regression(
                                    noisy: noisy.first, clean: clean.first, color: color.first, plane: noisy.plane,
                                    row: noisy.row, count: Int64(offsets.count), offsets: offsets.baseAddress!,
                                    places: places.baseAddress!, guide_ridge: ridge, place_ridge: 1e-2)
                                kernels.regress(&fit, weights, Int64(width), Int64(width), &target)
                            }
                        }
                    }
                }
            }
            return target
        }
        let (own, twin) = (run(KernelSet(name).table), run(Self.plain))
        let same = isClose(own, twin, within: 1e-3)
        #expect(same)
        #expect(own.contains { abs($0) > 0.1 })
    }
}
