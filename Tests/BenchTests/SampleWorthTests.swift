// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Bench

@Suite struct SampleWorthTests {
    private static let curve = [(samples: 1, value: 20.0), (4, 26), (16, 32)]

    @Test(
        "a value between two measured ones lies between their samples, over the logarithm",
        arguments: [(20.0, 1.0), (23, 2), (26, 4), (29, 8), (32, 16)])
    func between(value: Double, samples: Double) throws {
        let worth = try #require(SampleWorth(of: value, on: Self.curve))
        #expect(abs(worth.samples - samples) < 1e-9 && worth.bound == .exact)
    }

    @Test("beyond the curve only its end is told")
    func beyond() throws {
        #expect(SampleWorth(of: 19, on: Self.curve)?.description == "< 1")
        #expect(SampleWorth(of: 33, on: Self.curve)?.description == "> 16")
        #expect(SampleWorth(of: .infinity, on: Self.curve)?.description == "> 16")
        #expect(SampleWorth(of: 1, on: []) == nil && SampleWorth(of: .nan, on: Self.curve) == nil)
    }

    @Test("a dip of the curve counts for nothing")
    func dip() throws {
        let curve = [(samples: 1, value: 20.0), (2, 24), (4, 23), (8, 28)]
        #expect(SampleWorth(of: 23.5, on: curve).map { $0.samples < 2 } == true)
        #expect(SampleWorth(of: 26, on: curve).map { $0.samples > 4 && $0.samples < 8 } == true)
    }

    @Test("a curve that ends without error holds what is below it")
    func perfect() throws {
        let curve = [(samples: 1, value: 20.0), (2, .infinity)]
        #expect(SampleWorth(of: 25, on: curve)?.samples == 1)
        #expect(SampleWorth(of: .infinity, on: curve)?.description == "2")
    }

    @Test("few samples are told with a decimal, many without", arguments: [(2.34, "2.3"), (9.96, "10"), (41.4, "41")])
    func text(samples: Double, text: String) {
        #expect(SampleWorth(samples: samples, bound: .exact).description == text)
    }
}

@Suite struct QualityVerdictTests {
    /// All five scenes, each with 4 samples denoised as good as so many.
    private static func report(_ worths: [Double]) -> QualityReport {
        var report = QualityReport(
            program: "test", kernels: "any", threads: 1, backend: "none", settings: QualitySettings())
        func point(_ samples: Int, _ psnr: Double, isDenoised: Bool) -> QualityReport.Point {
            QualityReport.Point(
                samples: samples, isDenoised: isDenoised, render: Timing([1]), denoise: Timing([]),
                error: PictureError(psnr: psnr, ssim: psnr / 100, relativeError: 1 / psnr, meanChange: 0))
        }
        report.scenes = zip(QualityScene.standard, worths).map { scene, worth in
            QualityReport.Scene(
                name: scene.name, title: scene.title, isReferenceKept: true,
                points: [1, 4, 16, 64, 256].map { point($0, Double($0), isDenoised: false) }
                    + [point(4, worth, isDenoised: true)])
        }
        return report
    }

    @Test("the scene in the middle and the worst are held against what was wanted")
    func goals() {
        let verdict = QualityVerdict(Self.report([256, 64, 16, 64, 4]))
        #expect(verdict.rows.map { $0.least?.samples } == [256, 64, 16, 64, 4])
        #expect(verdict.goals.map(\.isReached) == [true, false])
        let text = QualityText.table(Self.report([256, 64, 16, 64, 4]))
        #expect(text.contains("median scene: 64 of 32 wanted: reached"))
        #expect(text.contains("worst scene: 4 of 12 wanted: NOT reached"))
    }

    @Test("what lies below the curve reaches nothing, what lies above it everything it names")
    func ends() {
        #expect(QualityVerdict(Self.report([0.5, 0.5, 0.5, 0.5, 0.5])).goals.map(\.isReached) == [false, false])
        #expect(QualityVerdict(Self.report([999, 999, 999, 999, 999])).goals.map(\.isReached) == [true, true])
    }

    @Test("fewer scenes have rows and no goals")
    func few() {
        var report = Self.report([64, 64])
        #expect(QualityVerdict(report).rows.count == 2 && QualityVerdict(report).goals.isEmpty)
        report.scenes[0].points.removeAll(where: \.isDenoised)
        #expect(QualityVerdict(report).rows.count == 1)
    }
}
