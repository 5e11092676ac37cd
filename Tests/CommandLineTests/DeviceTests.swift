// SPDX-License-Identifier: Apache-2.0
import Codecs
import Compute
import Foundation
import ImageCore
import JSONRPC
import Testing

/// `--device` on whatever Vulkan device the machine has; lavapipe, where tests run without a GPU.
@Suite(.serialized) struct DeviceTests {
    private struct Run {
        var pictures: [[UInt8]]
        /// What it said besides its last line, which sums up.
        var talk: [Substring]
        var summary: Substring
    }

    /// Draws a cube in four shapes: shrunk, in its own size over a colour, deep, and a JPEG.
    private func draw(
        _ device: String, in folder: URL, others: [String] = [], environment: [String: String] = [:]
    ) throws -> Run {
        // A model that is written anew would be drawn anew.
        if !FileManager.default.fileExists(atPath: folder.appendingPathComponent("cube.off").path) {
            try RenderTests.models(["cube.off"], in: folder)
        }
        let job = """
            version: 1
            sources: {root: ., include: ["cube.off"]}
            render: {size: 160x90, samples: 2}
            develop: [tone-map: filmic, exposure: 0.5]
            outputs:
              - {path: "small.png", size: 64x36}
              - {path: "flat.png", background: "#336699"}
              - {path: "deep.png", depth: 16}
              - {path: "small.jpg", size: 96, quality: 95}
            """
        try Data(job.utf8).write(to: folder.appendingPathComponent("job.yaml"))
        var program = Program(
            arguments: ["render", "job.yaml", "--device", device, "--progress", "none"] + others)
        program.folder = folder
        program.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let result = try program.run()
        #expect(result.code == 0, "\(result.talk)")
        let names = ["small.png", "flat.png", "deep.png", "small.jpg"]
        return Run(
            pictures: try names.map { [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))) },
            talk: result.talk.split(separator: "\n").dropLast(),
            summary: result.talk.split(separator: "\n").last ?? "")
    }

    @Test("a Vulkan device makes the pictures that the processor makes, within 1/255")
    func agreement() throws {
        try Scratch.with { folder in
            let processor = try draw("cpu", in: folder, others: ["--force"])
            let device = try draw("vulkan:0", in: folder, others: ["--force"])
            #expect(device.talk.isEmpty && device.summary.contains("1 done"), "\(device.talk) \(device.summary)")
            for (index, most) in [1, 1, 1, 8].enumerated() {
                let a = try ImageDecoder.decode(processor.pictures[index]).converted(to: .rgba8)
                let b = try ImageDecoder.decode(device.pictures[index]).converted(to: .rgba8)
                let differences = zip(a.packedBytes(), b.packedBytes()).map { abs(Int($0) - Int($1)) }
                #expect(a.width == b.width && a.height == b.height)
                #expect((differences.max() ?? 255) <= most, "picture \(index)")
            }
        }
    }

    @Test("pictures of one device count as finished for another")
    func fingerprint() throws {
        try Scratch.with { folder in
            let first = try draw("vulkan", in: folder)
            let second = try draw("cpu", in: folder)
            #expect(second.pictures == first.pictures && second.summary.contains("unchanged"), "\(second.summary)")
        }
    }

    @Test(
        "a device that is not there costs one line, and the processor makes the pictures",
        arguments: [
            ("vulkan:99", [:], "There is no Vulkan device 99"),
            ("vulkan", ["VK_ICD_FILENAMES": "/nonexistent", "VK_DRIVER_FILES": "/nonexistent"], "install"),
        ] as [(String, [String: String], String)])
    func absent(device: String, environment: [String: String], said: String) throws {
        try Scratch.with { folder in
            let run = try draw(device, in: folder, environment: environment)
            let line = try #require(run.talk.first)
            #expect(run.talk.count == 1 && line.contains(said), "\(run.talk)")
            #expect(line.contains("The processor develops all pictures."))
            #expect(run.pictures.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("auto takes no software device and says nothing of it")
    func automatic() throws {
        try Scratch.with { folder in
            let run = try draw("auto", in: folder)
            #expect(run.talk.isEmpty, "\(run.talk)")
        }
    }

    @Test("a Vulkan device takes noise out as the processor does, within 1/255")
    func denoised() throws {
        try Scratch.with { folder in
            try RenderTests.models(["cube.off"], in: folder)
            var pictures: [[UInt8]] = []
            for device in ["cpu", "vulkan:0"] {
                var program = Program(
                    "render", "cube.off", "-o", "\(device).png", "--size", "96x64", "--samples", "2", "--denoise",
                    "--device", device, "--progress", "none")
                program.folder = folder
                let result = try program.run()
                #expect(result.code == 0 && !result.talk.contains("processor"), "\(result.talk)")
                pictures.append([UInt8](try Data(contentsOf: folder.appendingPathComponent("\(device).png"))))
            }
            let (a, b) = (try Self.samples(pictures[0]), try Self.samples(pictures[1]))
            #expect((zip(a, b).map { abs(Int($0) - Int($1)) }.max() ?? 255) <= 1 && a.count == b.count)
        }
    }

    private static func samples(_ file: [UInt8]) throws -> [UInt8] {
        try ImageDecoder.decode(file).converted(to: .rgba8).packedBytes()
    }

    @Test("bench wants a device that is none of the processor's", arguments: ["cpu", "gpu"])
    func benchWords(device: String) throws {
        let result = try Program("bench", "--device", device).run()
        #expect(result.code == 64 && result.talk.contains("vulkan"), "\(result.talk)")
    }

    @Test("another word is a usage error that says what would do")
    func otherWords() throws {
        let result = try Program("render", "cube.off", "--device", "gpu").run()
        #expect(result.code == 64 && result.talk.contains("vulkan:N"), "\(result.talk)")
    }

    @Test("the flag stands in the job that it amounts to")
    func printedJob() throws {
        let result = try Program("render", "cube.off", "--device", "vulkan:1", "--print-job").run()
        #expect(result.code == 0 && result.outputText.contains("device: vulkan:1"), "\(result.outputText)")
    }

    @Test("the doctor lists every device by the name that --device takes")
    func doctor() throws {
        let result = try Program("doctor", "--json").run()
        let object = try JSONValue(parsing: result.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
        let findings = object["findings"]?.arrayValue ?? []
        for device in try ComputeDevice.all() {
            let finding = findings.first { $0["name"]?.stringValue == "vulkan:\(device.index)" }
            #expect(finding?["device"]?.stringValue == device.name)
            #expect(finding?["kind"]?.stringValue == device.kind.rawValue)
        }
    }
}
