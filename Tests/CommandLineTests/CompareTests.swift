// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import Testing

@Suite struct CompareTests {
    /// A picture of one colour whose first pixel may differ.
    static func write(_ value: UInt8, first: UInt8? = nil, side: Int = 7, to file: URL) throws {
        var bytes = [UInt8](repeating: value, count: side * side * 3)
        if let first { bytes[0] = first }
        let picture = PixelBuffer(width: side, height: side, format: .rgb8, packed: bytes)
        try Data(try PNGEncoder().encode(picture)).write(to: file)
    }

    @Test("equal pictures have no difference, and no noise that JSON could write")
    func equal() throws {
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("a.png")
            try Self.write(100, to: file)
            let result = try Program("compare", file.path, file.path, "--json", "--tolerance", "0").run()
            #expect(result.code == 0 && result.talk.isEmpty)
            let measures = try JSONValue(parsing: result.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(measures["rmse"]?.doubleValue == 0)
            #expect(measures["psnr"] == JSONValue.null)
            #expect(measures["ssim"]?.doubleValue == 1)
            #expect(measures["max_difference"]?.doubleValue == 0)
        }
    }

    @Test("the tolerance decides the exit code", arguments: [("9", 1), ("10", 0), ("11", 0)])
    func tolerance(steps: String, code: Int) throws {
        try Scratch.with { folder in
            let (a, b) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("b.png"))
            let difference = folder.appendingPathComponent("difference.png")
            try Self.write(100, to: a)
            try Self.write(100, first: 110, to: b)
            let result = try Program(
                "compare", a.path, b.path, "--tolerance", steps, "--difference", difference.path
            ).run()
            #expect(result.code == Int32(code))
            #expect(result.outputText.contains("max difference    10.0000"))
            #expect(result.outputText.contains("differing pixels  1\n"))
            let picture = try ImageDecoder.decode([UInt8](try Data(contentsOf: difference)))
            #expect(picture.width == 7 && picture.height == 7)
        }
    }

    @Test("pictures of two sizes cannot be compared, and both are named")
    func sizes() throws {
        try Scratch.with { folder in
            let (a, b) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("b.png"))
            try Self.write(1, side: 7, to: a)
            try Self.write(1, side: 64, to: b)
            let result = try Program("compare", a.path, b.path).run()
            #expect(result.code == 65 && result.output.isEmpty)
            #expect(result.talk.contains("7x7") && result.talk.contains("64x64"))
        }
    }

    @Test(
        "what is no picture is named, without an output",
        arguments: [[UInt8](), Array("not a picture".utf8), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]])
    func broken(bytes: [UInt8]) throws {
        try Scratch.with { folder in
            let (good, bad) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("bad.png"))
            try Self.write(1, to: good)
            try Data(bytes).write(to: bad)
            let result = try Program("compare", good.path, bad.path).run()
            #expect(result.code == 65 && result.output.isEmpty)
            #expect(result.talk.contains("bad.png"))
        }
    }

    @Test("a picture may come from standard input")
    func standardInput() throws {
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("a.png")
            try Self.write(3, to: file)
            var program = Program("compare", "-", file.path, "--tolerance", "0")
            program.input = [UInt8](try Data(contentsOf: file))
            #expect(try program.run().code == 0)
        }
    }

    @Test("a difference picture that cannot be written is the environment's fault")
    func unwritable() throws {
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("a.png")
            try Self.write(3, to: file)
            let target = file.path + "/below/a/file.png"
            let result = try Program("compare", file.path, file.path, "--difference", target).run()
            #expect(result.code == 71)
            #expect(result.talk.contains(target))
        }
    }
}

@Suite struct ImageCommandTests {
    @Test("a timed step prints one JSON object", arguments: [["decode"], ["encode"], ["resize", "--size", "3"]])
    func step(arguments: [String]) throws {
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("a.png")
            try CompareTests.write(9, to: file)
            let command = ["image", arguments[0], file.path, "--repeat", "3"] + arguments.dropFirst()
            let result = try Program(arguments: command).run()
            #expect(result.code == 0 && result.talk.isEmpty, "\(result.talk)")
            let object = try JSONValue(parsing: result.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(object["seconds"]?["count"]?.intValue == 3)
            #expect(object["step"]?.stringValue == arguments[0])
            #expect(object["width"]?.intValue == (arguments[0] == "resize" ? 3 : 7))
        }
    }

    @Test("what was encoded is written, and what was resized has the size asked for")
    func outputs() throws {
        try Scratch.with { folder in
            let (file, jpeg) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("a.jpg"))
            let small = folder.appendingPathComponent("small.png")
            try CompareTests.write(200, side: 64, to: file)
            #expect(try Program("image", "encode", file.path, "--format", "jpeg", "-o", jpeg.path).run().code == 0)
            let header = try ImageDecoder.header(of: [UInt8](try Data(contentsOf: jpeg)))
            #expect(header.format == .jpeg && header.width == 64)
            #expect(try Program("image", "resize", jpeg.path, "--size", "20x10", "-o", small.path).run().code == 0)
            let resized = try ImageDecoder.header(of: [UInt8](try Data(contentsOf: small)))
            #expect(resized.width == 20 && resized.height == 10)
        }
    }

    @Test("a picture resized band by band is the same file as one that was decoded first", arguments: [true, false])
    func whole(inGammaSpace: Bool) throws {
        try Scratch.with { folder in
            let (file, other) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("b.png"))
            let noise = (0..<200 * 150 * 4).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) }
            let picture = PixelBuffer(width: 200, height: 150, format: .rgba8, packed: noise)
            try Data(PNGEncoder(compression: .fast).encode(picture)).write(to: file)
            let command = ["image", "resize", file.path, "--size", "64"] + (inGammaSpace ? ["--gamma-space"] : [])
            var files: [Data] = []
            for extra in [[], ["--whole"]] {
                let result = try Program(arguments: command + extra + ["-o", other.path]).run()
                let object = try JSONValue(parsing: result.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
                #expect(object["space"]?.stringValue == (inGammaSpace ? "gamma" : "linear"))
                #expect(object["whole"] == .bool(!extra.isEmpty))
                files.append(try Data(contentsOf: other))
            }
            #expect(files[0] == files[1])
        }
    }
}
