// SPDX-License-Identifier: Apache-2.0
import Compute
import JSONRPC
import Testing

@testable import Bench

@Suite struct DevelopRunTests {
    @Test("every chain is told with upload, passes and download apart, denoised or not", arguments: [false, true])
    func rows(denoises: Bool) throws {
        var settings = BenchSettings()
        (settings.repeats, settings.warmUp) = (2, 1)
        var run = DevelopRun(engine: try VulkanEngine(device: 0), settings: settings)
        (run.width, run.height, run.denoises) = (96, 54, denoises)
        var report = BenchReport(program: "test", kernels: "any", threads: 1)
        report.developed = try run.run { _ in }
        #expect(report.developed.count == (denoises ? 7 : 6))
        for row in report.developed {
            #expect(row.compute.count == 2 && row.whole.count == 2 && row.kernels.minimum > 0)
            #expect(row.compute.median > 0 && row.width == 96)
        }
        let names = report.developed.map(\.chain)
        #expect(Set(names).count == names.count)
        let text = BenchText.table(report)
        #expect(names.allSatisfy { text.contains($0) } && text.contains("96x54 on Vulkan device 0"))
        #expect(try report.json["developed"]?.arrayValue?.count == names.count)
        #expect(report.medians.count == names.count)
    }
}
