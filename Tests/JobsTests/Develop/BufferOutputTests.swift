// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Scene
import Synchronization
import TestFixtures
import Testing

@testable import Jobs

/// Outputs that end in .exr, read back with OpenEXR's own library.
@Suite struct BufferOutputTests {
    private static func job(_ place: Workplace, _ channels: [JobFile.Output.Buffer]) -> JobFile {
        place.job {
            $0.outputs.append(JobFile.Output(path: place.path("out/{rel}.exr")))
            $0.outputs[1].channels = channels
        }
    }

    @Test("layers are named as Nuke and Blender group them, beside the picture of the same frame")
    func layers() async throws {
        let place = try Workplace(models: ["a.obj"])
        let stage = StandInStage()
        let summary = try await place.run(Self.job(place, JobFile.Output.Buffer.allCases), stage: stage)
        #expect(summary.counts == [.done: 1] && stage.frames == 1)
        #expect(stage.state.withLock { $0.lastFrames[0].channels } == [.albedo, .normal, .depth, .variance])
        let parts = try EXRDecoder.decode(place.bytes("out/a.obj.exr"))
        #expect(parts.count == 1 && parts[0].width == 24 && parts[0].height == 16)
        let channels = parts[0].channels
        #expect(
            channels.keys.sorted() == [
                "A", "B", "G", "R", "Z", "albedo.B", "albedo.G", "albedo.R", "normal.X", "normal.Y", "normal.Z",
                "variance.B", "variance.G", "variance.R",
            ])
        #expect(
            channels["G"]?[23] == 0.5 && channels["R"]?[0] == 1 / 24 && channels["A"]?.allSatisfy { $0 == 1 } == true)
        #expect(channels["Z"]?[100] == 100.0 / 64 && channels["normal.Y"]?[100] == 301.0 / 64)
        #expect(try ImageDecoder.decode(place.bytes("out/a.obj.png")).width == 24)
    }

    @Test("they resume, are checked, and go with what they were made of like every output")
    func resume() async throws {
        let place = try Workplace()
        let job = Self.job(place, [.depth])
        #expect(try await place.run(job).counts == [.done: 3])
        let first = try place.bytes("out/a.obj.exr")
        #expect(EXRText.read(from: first).contains { $0.keyword == Fingerprint.keyword })
        #expect(EXRText.read(from: first).contains { $0.keyword == "Title" && $0.text == "a.obj" })
        #expect(try await place.run(job).counts == [.unchanged: 3])
        var verifying = JobRunner.Options()
        verifying.verifies = true
        #expect(try await place.run(job, options: verifying).counts == [.unchanged: 3])
        // As long as before, but broken inside.
        var broken = first
        for i in broken.count / 2..<broken.count { broken[i] = 0xFF }
        try Data(broken).write(to: URL(fileURLWithPath: place.path("out/a.obj.exr")))
        #expect(try await place.run(job, options: verifying).counts == [.done: 1, .unchanged: 2])
        #expect(try place.bytes("out/a.obj.exr") == first)
        #expect(try await place.run(Self.job(place, [.depth, .color])).counts == [.done: 3])
    }

    @Test("a job of buffers alone draws no picture, and finds a blank one all the same")
    func alone() async throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.outputs = [JobFile.Output(path: place.path("out/{rel}.exr"))]
            $0.develop = [.denoise(1)]
        }
        #expect(try await place.run(job).counts == [.done: 1])
        #expect(try place.pictures().keys.sorted() == ["a.obj.exr"])
        let blank = FloatPlanes(width: 2, height: 2, color: [Float](repeating: 0, count: 16))
        let maker = PictureMaker(try JobPlan(place.job { $0.outputs = [JobFile.Output(path: "{rel}.exr")] }))
        var planes = blank
        for channel in FloatPlanes.Channel.allCases {
            planes[channel] = [Float](repeating: 0, count: 4 * channel.components)
        }
        #expect(throws: PictureMaker.EmptyFrame.self) {
            try maker.files(RenderedFrame(pixels: .planes(planes), method: ""), text: [])
        }
    }

    @Test("they hold the light before any step")
    func untouched() throws {
        let place = try Workplace(models: ["a.obj"])
        var job = Self.job(place, [.color])
        job.develop = [.exposure(2), .denoise(1)]
        let maker = PictureMaker(try JobPlan(job))
        var planes = FloatPlanes(width: 24, height: 16, color: [])
        planes.color = (0..<24 * 16).flatMap { [Float($0 % 7) / 7, 0.5, 0.25, 1] }
        (planes.normal, planes.albedo) = ([Float](repeating: 0, count: 1152), [Float](repeating: 0.5, count: 1152))
        planes.depth = [Float](repeating: .infinity, count: 384)
        let files = try maker.files(RenderedFrame(pixels: .planes(planes), method: ""), text: []).bytes
        let channels = try EXRDecoder.decode(files[1])[0].channels
        #expect(channels.keys.sorted() == ["A", "B", "G", "R"])
        #expect(channels["R"] == stride(from: 0, to: planes.color.count, by: 4).map { planes.color[$0] })
    }

    @Test("the export of a real Brayns is read; what it lacks is named")
    func brayns() throws {
        let bytes = try Fixtures.bytes("brayns/69-export-gbuffers/response.payload.exr")
        let frame = RenderedFrame(pixels: .buffers(bytes), method: "export-gbuffers")
        let place = try Workplace(models: ["a.obj"])
        func make(_ channels: [JobFile.Output.Buffer]) throws -> PictureMaker.Files {
            var job = Self.job(place, channels)
            job.render.size = PictureSize(64)
            return try PictureMaker(JobPlan(job)).files(frame, text: [])
        }
        let files = try make([.color, .depth, .variance])
        #expect(files.warnings.count == 1 && files.warnings[0].contains("no variance"))
        let channels = try EXRDecoder.decode(files.bytes[1])[0].channels
        let depth = try #require(channels["Z"])
        // The cube's nearest corner stands above the middle.
        #expect(depth.firstIndex(of: depth.min() ?? 0) == 27 * 64 + 34 && depth[0] == .infinity)
        #expect(abs((channels["G"]?[0] ?? 0) - 0.3) < 1e-6)
        let error = #expect(throws: CodecError.self) { try make([.albedo]) }
        #expect(error?.message.contains("no albedo plane") == true)
    }

    @Test("exports that are broken or do not fit together are refused with a sentence")
    func misfits() throws {
        let limits = ImageLimits.standard
        func encode(_ parts: [(String, [String])]) throws -> [UInt8] {
            let samples: [Float] = [1, 2, 3, 4]
            return try EXREncoder.encode(
                width: 2, height: 2, parts: parts.map { part in (part.0, part.1.map { ($0, samples) }) })
        }
        func refusal(_ bytes: [UInt8]) -> String? {
            #expect(throws: CodecError.self) { try FloatPlanes(exr: bytes, limits: limits) }?.message
        }
        let whole = try encode([("color", ["R", "G", "B", "A"]), ("normal", ["R", "G", "B"])])
        let planes = try FloatPlanes(exr: whole, limits: limits)
        #expect(planes.normal == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4] && planes.depth.isEmpty)
        let colorless = try refusal(encode([("depth", ["R"]), ("normal", ["R", "G", "B"])]))
        #expect(colorless?.contains("no colour") == true)
        let alphaless = try refusal(encode([("color", ["R", "G", "B"]), ("depth", ["R"])]))
        #expect(alphaless?.contains("no channel A") == true)
        let uneven = try refusal(Fixtures.bytes("images/exr/uneven.exr"))
        #expect(uneven?.contains("depth buffer is 2x2 pixels and the colour 4x2") == true)
        #expect(throws: CodecError.self) { try FloatPlanes(exr: Array(whole.prefix(200)), limits: limits) }
        #expect(throws: CodecError.self) { try FloatPlanes(exr: [], limits: limits) }
    }

    @Test(
        "job files that contradict themselves are refused",
        arguments: [
            "{path: a.exr, size: 64}", "{path: a.png, channels: [depth]}", "{path: a.exr, channels: []}",
            "{path: a.exr, channels: [depth, depth]}", "{path: a.exr, channels: [alpha]}", "{path: a.tif}",
        ])
    func jobFiles(output: String) {
        #expect(throws: JobError.self) { try JobFile.parse(yaml: "outputs: [\(output)]") }
    }

    @Test("channels are read and printed; without them all are saved")
    func reading() throws {
        let job = try JobFile.parse(yaml: "outputs: [{path: a.exr, channels: [depth, color]}, {path: b.exr}]")
        #expect(job.outputs.map(\.channels) == [[.depth, .color], JobFile.Output.Buffer.allCases])
        #expect(try JobFile.parse(yaml: job.yaml()) == job)
        let place = try Workplace(models: ["a.obj"])
        var sheet = place.job { $0.outputs = [JobFile.Output(path: "{rel}.exr")] }
        #expect(try JobPlan(sheet).outputs.count == 1)
        sheet.sheet = JobFile.Sheet(path: "s.png")
        #expect(throws: JobError.self) { try JobPlan(sheet) }
    }
}
