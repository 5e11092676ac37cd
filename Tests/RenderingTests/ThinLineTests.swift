// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Jobs
import Scene
import Testing

@testable import Rendering

/// Denoised pictures of lines thinner than a pixel, through whole jobs and the built-in renderer.
@Suite(.serialized) struct ThinLineTests {
    /// Needles from the middle to all sides, two hundredths wide, two faces each.
    private static let needles: String = {
        var text = ""
        for i in 0..<40 {
            let (turn, lift) = (Double(i) * 2.4, Double(i % 7) / 7 - 0.5)
            let tip = (cos(turn), sin(turn), lift)
            let (x, y) = (-0.01 * tip.1, 0.01 * tip.0)
            text += "v \(x) \(y) 0\nv \(-x) \(-y) 0\nv \(tip.0 + x) \(tip.1 + y) \(tip.2)\n"
            text += "v \(tip.0 - x) \(tip.1 - y) \(tip.2)\nf -4 -2 -3\nf -3 -2 -1\n"
        }
        return text
    }()

    /// The picture of a job, its premultiplied numbers 0…255.
    private func picture(
        samples: Int, _ renderer: RendererSettings.Kind, in folder: URL, denoised: Bool = false
    ) async throws -> [Int] {
        var job = JobFile()
        job.sources.root = folder.appendingPathComponent("models").path
        job.render.size = PictureSize(width: 121, height: 97)
        (job.render.samples, job.render.renderer) = (samples, renderer)
        // A curve that takes float planes in any case: what comes in 8 bits has edges of its own.
        job.develop = [.toneMap(.filmic)] + (denoised ? [.denoise(1)] : [])
        let name = "\(samples)-\(renderer)-\(denoised)"
        job.outputs = [JobFile.Output(path: folder.appendingPathComponent("\(name).png").path)]
        job.ledger = folder.appendingPathComponent("ledger-\(name)").path
        var embedded = BackendChoice.EmbeddedOptions(children: 1, threads: 2)
        embedded.executable = EmbeddedProgram.path
        let provider = BraynsRendererProvider(.embedded(embedded))
        let summary = await JobRunner(plan: try JobPlan(job), provider: provider).run()
        #expect(summary.errors.isEmpty && summary.items.count == 1)
        let decoded = try ImageDecoder.decode([UInt8](Data(contentsOf: folder.appendingPathComponent("\(name).png"))))
        #expect(decoded.width == 121 && decoded.height == 97 && decoded.format.bytesPerPixel == 4)
        let bytes = decoded.packedBytes()
        return bytes.indices.map { i in
            let alpha = Int(bytes[i | 3])
            return i & 3 == 3 ? alpha : Int(bytes[i]) * alpha / 255
        }
    }

    private func error(_ a: [Int], _ b: [Int]) -> Int { zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }

    @Test(
        "four samples denoised are nearer to many than twelve as they come", .timeLimit(.minutes(2)),
        arguments: RendererSettings.Kind.allCases)
    func nearer(kind: RendererSettings.Kind) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let models = folder.appendingPathComponent("models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.needles.utf8).write(to: models.appendingPathComponent("needles.obj"))
        let many = try await picture(samples: 400, kind, in: folder)
        let clean = try await picture(samples: 4, kind, in: folder, denoised: true)
        let twelve = try await picture(samples: 12, kind, in: folder)
        #expect(many.filter { $0 > 40 }.count > 1000)
        #expect(error(clean, many) < error(twelve, many), "\(error(clean, many)) \(error(twelve, many))")
        // No count of samples is worse denoised than as it came.
        for samples in [1, 32] {
            let raw = try await picture(samples: samples, kind, in: folder)
            let denoised = try await picture(samples: samples, kind, in: folder, denoised: true)
            #expect(
                error(denoised, many) < error(raw, many), "\(samples): \(error(denoised, many)) \(error(raw, many))")
        }
    }
}
