// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Scene
import Testing

@testable import Jobs

@Suite struct PictureMakerTests {
    /// Two pixels a row: one opaque, one half covered, both of scene light 0.5, as a Brayns backend writes them.
    private func edge(_ size: Int = 8) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for i in 0..<size * size {
            let alpha: UInt8 = i % 2 == 0 ? 255 : 127
            let light = 0.5 * Double(alpha) / 255
            bytes += [UInt8](repeating: Self.brayns(light), count: 3) + [alpha]
        }
        bytes.replaceSubrange(0..<4, with: [10, 200, 30, 255])
        return try PNGEncoder().encode(PixelBuffer(width: size, height: size, format: .rgba8, packed: bytes))
    }

    private static func brayns(_ light: Double) -> UInt8 {
        (0...255).min {
            abs(RendererBackground.sceneLight(UInt8($0)) - light)
                < abs(RendererBackground.sceneLight(UInt8($1)) - light)
        }
        .map { UInt8($0) } ?? 0
    }

    private func make(_ change: (inout JobFile) -> Void) throws -> [[UInt8]] {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.render.size = PictureSize(8)
            change(&$0)
        }
        let frame = RenderedFrame(pixels: .encoded(try edge()), method: "snapshot")
        return try PictureMaker(JobPlan(job)).files(frame, text: [PNGText(keyword: Fingerprint.keyword, text: "x")])
            .bytes
    }

    private func pixel(_ picture: borrowing PixelBuffer, _ index: Int) -> [UInt8] {
        let count = picture.format.bytesPerPixel
        return Array(picture.packedBytes()[index * count..<(index + 1) * count])
    }

    @Test("nothing asked: the backend's own bytes, but for the text") func untouched() throws {
        let png = try make { _ in }[0]
        let sent = try edge()
        #expect(png.starts(with: sent[..<33]) && png.suffix(sent.count - 33) == sent.suffix(sent.count - 33))
        #expect(try PNGText.read(from: png).map(\.keyword) == [Fingerprint.keyword])
    }

    @Test("clean edges: the half-covered pixel has the colour of the covered one, opaque pixels stay")
    func cleanEdges() throws {
        let picture = try ImageDecoder.decode(make { $0.develop = [.cleanEdges] }[0])
        let (opaque, half) = (pixel(picture, 2), pixel(picture, 3))
        #expect(pixel(picture, 0) == [10, 200, 30, 255] && opaque[0] == Self.brayns(0.5) && half[3] == 127)
        #expect(abs(Int(half[0]) - Int(opaque[0])) <= 1)
    }

    @Test("a background flattens in linear light, without a fringe") func flattens() throws {
        let job: (inout JobFile) -> Void = { $0.outputs[0].background = .white }
        let picture = try ImageDecoder.decode(make(job)[0])
        let grey = SRGB.linear(Double(Self.brayns(0.5)) / 255)
        let expected = 255 * SRGB.encoded(grey * 127 / 255 + 128 / 255)
        #expect(abs(Double(pixel(picture, 3)[0]) - expected) <= 2)
    }

    @Test("exposure brightens by the scene's light, and says that 8 bits are few") func exposure() throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.render.size = PictureSize(8)
            $0.develop = [.exposure(1)]
        }
        let plan = try JobPlan(job)
        let frame = RenderedFrame(pixels: .encoded(try edge()), method: "snapshot")
        let files = try PictureMaker(plan).files(frame, text: [])
        let picture = try ImageDecoder.decode(files.bytes[0])
        #expect(abs(Int(pixel(picture, 2)[0]) - Int(Self.brayns(1))) <= 1 && files.warnings.count == 1)
        #expect(DevelopChain(plan).wantsPlanes)
    }

    @Test("planes and 8 bits agree where nothing is asked of the light") func planes() throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.render.size = PictureSize(8)
            $0.outputs[0].depth = 16
        }
        let light: [Float] = (0..<64).flatMap { i in
            let alpha: Float = i % 2 == 0 ? 1 : 127.0 / 255
            return [0.5 * alpha * Float(i % 3) / 2, 0.5 * alpha, 0.5 * alpha, alpha]
        }
        let frame = RenderedFrame(pixels: .planes(FloatPlanes(width: 8, height: 8, color: light)), method: "x")
        let deep = try ImageDecoder.decode(PictureMaker(JobPlan(job)).files(frame, text: []).bytes[0])
        #expect(deep.format.sample == .uint16)
        let shallow = deep.converted(to: .rgba8)
        #expect(abs(Int(pixel(shallow, 2)[1]) - Int(Self.brayns(0.5))) <= 4)
        #expect(abs(Int(pixel(shallow, 3)[1]) - Int(Self.brayns(0.5))) <= 4)
    }

    @Test("several sizes come from one render; another shape is padded, not bent") func sizes() throws {
        let files = try make {
            $0.outputs[0].path = "{width}x{height}.png"
            $0.outputs[0].size = [PictureSize(4), PictureSize(width: 6, height: 3), PictureSize(1)]
        }
        let sizes = try files.map { try ImageDecoder.header(of: $0) }.map { [$0.width, $0.height] }
        #expect(sizes == [[4, 4], [6, 3], [1, 1]])
        #expect(pixel(try ImageDecoder.decode(files[1]), 0)[3] == 0)
    }

    @Test("a JPEG has no alpha, and its fingerprint in a comment") func jpeg() throws {
        let jpeg = try make { $0.outputs = [JobFile.Output(path: "a.jpg")] }[0]
        #expect(ImageFormat.detect(jpeg) == .jpeg && PictureText.comment(of: jpeg) == "darkroom:fingerprint=x")
        #expect(try ImageDecoder.decode(jpeg).width == 8)
    }

    @Test("text that is not ASCII survives the surgery") func unicodeText() throws {
        let png = PictureText.inserting([PNGText(keyword: "Title", text: "\u{4e2d} \u{e9}\n")], into: try edge())
        #expect(try PNGText.read(from: png) == [PNGText(keyword: "Title", text: "\u{4e2d} \u{e9}\n")])
        #expect(try ImageDecoder.decode(png).width == 8)
        #expect(PictureText.inserting([], into: [1, 2, 3]) == [1, 2, 3])
    }

    @Test("the background that is asked for is the one in the picture") func background() {
        for value in [UInt8(0), 1, 30, 128, 200, 255] {
            let linear = RendererBackground.linear(PictureColor(red: value, green: value, blue: value))
            #expect(Self.brayns(linear.x) == value)
        }
        #expect(RendererBackground.linear(nil) == .zero)
    }
}
