// SPDX-License-Identifier: Apache-2.0
import CShading
import Foundation
import Testing

@testable import Raytracer

@Suite struct SamplingTests {
    @Test("Halton numbers are digits mirrored at the point")
    func halton() {
        #expect((0..<6).map { Halton.base2($0) } == [0, 0.5, 0.25, 0.75, 0.125, 0.625])
        #expect(abs(Halton.base3(5) - (2.0 / 3 + 1.0 / 9)) < 1e-12)
        // Base 5 swaps 1 and 3: the first digits are 3, 2, 1, 4 fifths.
        #expect((1..<5).map { Int((Halton.base5($0) * 5).rounded()) } == [3, 2, 1, 4])
        #expect((1..<7).map { Int((Halton.base7($0) * 7).rounded()) } == [2, 5, 3, 1, 4, 6])
        #expect((0..<10_000).allSatisfy { Halton.base7($0) < 1 && Halton.base5($0) < 1 })
    }

    @Test("pixel samples gather around the pixel's middle as a Gaussian of half a pixel does")
    func pixelFilter() {
        let filter = PixelFilter()
        let offsets = (0..<4096).map { filter.offset(sample: $0) }
        let mean = offsets.reduce(SIMD2<Float>(0, 0), +) / 4096
        #expect(abs(mean.x - 0.5) < 0.01 && abs(mean.y - 0.5) < 0.01)
        let spread = offsets.reduce(0) { $0 + ($1.x - 0.5) * ($1.x - 0.5) } / 4096
        #expect(abs(spread.squareRoot() - 0.5) < 0.02)
        #expect(offsets.allSatisfy { $0.x >= -1 && $0.x <= 2 && $0.y >= -1 && $0.y <= 2 })
    }

    @Test("kernels place numbers in the pixel filter's cells as the filter does")
    func filterCells() {
        let filter = PixelFilter()
        let cells = stride(from: 0, to: filter.cells.count, by: 3).map { Array(filter.cells[$0..<$0 + 3]) }
        #expect(cells.count == Int(SHADING_FILTER_CELLS) && abs((cells.last?[0] ?? 0) - 1) < 1e-6)
        for sample: UInt32 in 0..<1000 {
            let number = Float(Halton.base2(sample))
            let cell = cells.first { number < $0[0] } ?? [1, 0, 0]
            #expect(abs(cell[2] + number * cell[1] - filter.offset(sample: sample).x) < 1e-4)
        }
    }

    @Test("Sobol numbers of two dimensions are the published ones")
    func sobol() {
        let points = (0..<5).map { i in (0..<3).map { Sobol.shared.value(UInt32(i), dimension: $0) } }
        #expect(points[0] == [0, 0, 0])
        #expect(points[1] == [0.5, 0.5, 0.5])
        #expect(points[2] == [0.25, 0.75, 0.75] && points[3] == [0.75, 0.25, 0.25])
        #expect(points[4] == [0.125, 0.625, 0.375])
    }

    @Test("in each dimension as many Sobol numbers as a power of two leave no part of that size empty")
    func stratified() {
        for dimension in 0..<Sobol.dimensions {
            for first: UInt32 in [0, 64, 192] {
                let cells = (0..<64).map { Int(Sobol.shared.value(first + $0, dimension: dimension) * 64) }
                #expect(Set(cells).count == 64, "dimension \(dimension) from \(first)")
            }
        }
    }

    @Test("vector powers follow the library's")
    func powers() {
        for base in stride(from: Float(0.001), to: 1.2, by: 0.037) {
            for exponent in [Float(0.3), 1, 7, 80, 400] {
                let got = lanes_pow(SIMD16(repeating: base), SIMD16(repeating: exponent))[7]
                let exact = pow(Double(base), Double(exponent))
                #expect(abs(Double(got) - exact) <= 2e-4 * exact + 1e-30)
            }
        }
        #expect(lanes_pow(SIMD16(repeating: 0), SIMD16(repeating: 3))[0] == 0)
    }

    @Test("passes cover all samples and are short")
    func passes() {
        #expect(FramePasses(samples: 1, occlusionRays: 0).count == 1)
        #expect(FramePasses(samples: 100, occlusionRays: 0).count == 4)
        #expect(FramePasses(samples: 3, occlusionRays: 1024).samplesPerPass == 1)
    }

    @Test("a plane's outline in a box has its three to six corners")
    func outlines() {
        let (low, high) = (SIMD3<Float>(0, 0, 0), SIMD3<Float>(1, 1, 1))
        #expect(PlaneOutline([0, 0, 1, 0.5], low, high).corners.count == 4)
        #expect(PlaneOutline([1, 1, 1, 1.5], low, high).corners.count == 6)
        #expect(PlaneOutline([1, 1, 1, 0.3], low, high).corners.count == 3)
        #expect(PlaneOutline([1, 1, 1, 5], low, high).corners.isEmpty)
        #expect(PlaneOutline([0, 0, 0, 1], low, high).corners.isEmpty)
        #expect(PlaneOutline([.nan, 0, 1, 1], low, high).corners.isEmpty)
    }
}
