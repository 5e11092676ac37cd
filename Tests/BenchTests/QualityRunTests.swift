// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Jobs
import Scene
import Synchronization
import Testing

@testable import Bench

@Suite struct QualityRunTests {
    /// Sentences that were said.
    private final class Talk: Sendable {
        let lines = Mutex<[String]>([])
        func say(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private static let settings = {
        var settings = QualitySettings()
        (settings.samples, settings.referenceSamples, settings.repeats) = ([1, 4, 16], 256, 2)
        (settings.width, settings.height) = (33, 17)
        return settings
    }()

    private static func measure(
        _ renderer: StandInRenderer, in folder: URL, talk: Talk = Talk(), settings: QualitySettings = settings
    ) async throws -> QualityReport {
        let run = QualityRun(
            scenes: [QualityScene.standard[2]], provider: renderer, isOurs: true, settings: settings,
            references: ReferenceStore(folder: folder.appendingPathComponent("kept").path), warn: talk.say)
        return try await run.run(program: "test", threads: 1)
    }

    @Test("more samples come nearer, and denoising comes nearer still on an even surface")
    func nearer() async throws {
        try await Scratch.with { folder in
            let report = try await Self.measure(StandInRenderer(), in: folder)
            let scene = try #require(report.scenes.first)
            let (raw, clean) = (scene.curve(isDenoised: false), scene.curve(isDenoised: true))
            #expect(raw.map(\.samples) == [1, 4, 16] && clean.map(\.samples) == [1, 4, 16])
            for (few, many) in zip(raw, raw.dropFirst()) {
                #expect(many.error.psnr > few.error.psnr + 3 && many.error.ssim > few.error.ssim)
                #expect(many.error.relativeError < few.error.relativeError / 2)
            }
            for (before, after) in zip(raw, clean) {
                #expect(after.error.psnr > before.error.psnr && abs(after.energyChange) < 0.005)
                #expect(after.render.count == 2 && after.denoise.count == 2 && before.denoise.count == 0)
            }
            #expect(scene.points.allSatisfy { $0.error.drawnPSNR == nil && $0.error.clearPSNR == nil })
        }
    }

    @Test("what is drawn before a clear background is judged apart")
    func clear() async throws {
        try await Scratch.with { folder in
            let report = try await Self.measure(StandInRenderer(isHalfClear: true), in: folder)
            let raw = try #require(report.scenes.first?.curve(isDenoised: false).first)
            let drawn = try #require(raw.error.drawnPSNR)
            #expect(drawn < raw.error.psnr && raw.error.clearPSNR == .infinity)
        }
    }

    @Test("frames are asked for as a job would, with planes beside colour for denoising alone")
    func requests() async throws {
        try await Scratch.with { folder in
            let renderer = StandInRenderer()
            _ = try await Self.measure(renderer, in: folder)
            let frames = renderer.asked.withLock { $0 }
            #expect(frames.allSatisfy { $0.needsPlanes && $0.renderer.kind == .production })
            #expect(frames.allSatisfy { $0.renderer.maxRayBounces == 4 && $0.width == 33 && $0.height == 17 })
            let four = frames.filter { $0.renderer.samplesPerPixel == 4 }
            #expect(four.contains { $0.channels.isEmpty } && four.contains { $0.channels.contains(.variance) })
            #expect(frames.filter { $0.renderer.samplesPerPixel == 256 }.allSatisfy { $0.channels.isEmpty })
        }
    }

    @Test("the reference is drawn once and kept")
    func kept() async throws {
        try await Scratch.with { folder in
            let (first, second) = (StandInRenderer(), StandInRenderer())
            let before = try await Self.measure(first, in: folder)
            let after = try await Self.measure(second, in: folder)
            #expect(first.samples.contains(256) && !second.samples.contains(256))
            #expect(!before.scenes[0].isReferenceKept && after.scenes[0].isReferenceKept)
            #expect(before.scenes[0].points.map(\.error) == after.scenes[0].points.map(\.error))
            var larger = Self.settings
            larger.width = 34
            let third = StandInRenderer()
            _ = try await Self.measure(third, in: folder, settings: larger)
            #expect(third.samples.contains(256), "another size is another picture")
        }
    }

    @Test("a kept reference that is broken is drawn again, and that is said", arguments: [0, 40, 600])
    func broken(length: Int) async throws {
        try await Scratch.with { folder in
            let first = try await Self.measure(StandInRenderer(), in: folder)
            let kept = folder.appendingPathComponent("kept")
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: kept.path).first)
            let file = kept.appendingPathComponent(name)
            try Data(contentsOf: file).prefix(length).write(to: file)
            let (renderer, talk) = (StandInRenderer(), Talk())
            let again = try await Self.measure(renderer, in: folder, talk: talk)
            #expect(
                renderer.samples.contains(256)
                    && again.scenes[0].points.map(\.error) == first.scenes[0].points.map(\.error))
            let lines = talk.lines.withLock { $0 }
            #expect(lines.count == 1 && lines[0].contains(name) && lines[0].contains("drawn again"))
            let last = try await Self.measure(StandInRenderer(), in: folder)
            #expect(last.scenes[0].isReferenceKept)
        }
    }

    @Test("a cache that cannot be written costs one sentence")
    func unwritable() async throws {
        try await Scratch.with { folder in
            try Data("a file".utf8).write(to: folder.appendingPathComponent("kept"))
            let talk = Talk()
            let report = try await Self.measure(StandInRenderer(), in: folder, talk: talk)
            #expect(report.scenes[0].points.count == 6)
            #expect(talk.lines.withLock { $0 }.filter { $0.contains("not kept") }.count == 1)
        }
    }

    @Test("a server that draws another size is told apart from noise")
    func otherSize() async throws {
        try await Scratch.with { folder in
            let error = await #expect(throws: RendererError.self) {
                try await Self.measure(StandInRenderer(surplus: 3), in: folder)
            }
            #expect(error?.message.contains("36x17") == true && error?.message.contains("--size") == true)
        }
    }

    @Test("pictures before, after and of the reference are saved, and the planes behind them")
    func saved() async throws {
        try await Scratch.with { folder in
            var settings = Self.settings
            (settings.samples, settings.pictures) = ([4], folder.appendingPathComponent("saved").path)
            _ = try await Self.measure(StandInRenderer(), in: folder, settings: settings)
            let names = try FileManager.default.contentsOfDirectory(atPath: try #require(settings.pictures)).sorted()
            #expect(
                names == [
                    "neuron-4-denoised.png", "neuron-4-raw.png", "neuron-4.exr", "neuron-reference.exr",
                    "neuron-reference.png",
                ])
        }
    }

    @Test("the report tells all points in JSON and in the table")
    func report() async throws {
        try await Scratch.with { folder in
            let report = try await Self.measure(StandInRenderer(), in: folder)
            let scene = try report.json["scenes"]?.arrayValue?.first
            #expect(scene?["points"]?.arrayValue?.count == 6 && scene?["name"] == "neuron")
            let text = QualityText.table(report)
            #expect(text.contains("neuron: a nerve cell") && text.contains("4 samples denoised are worth"))
            #expect(!text.contains("median scene"), "goals are for all five scenes")
        }
    }
}
