// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Scene
import Testing

@testable import Jobs

@Suite struct DenoiseStepTests {
    private static let side = 24

    /// Two grey halves with noise, as a backend sends them with all planes.
    private static func planes(_ change: (inout FloatPlanes) -> Void = { _ in }) -> FloatPlanes {
        var planes = FloatPlanes(width: side, height: side, color: [])
        for i in 0..<side * side {
            let isLeft = i % side < side / 2
            let noise = Float((i * 7919) % 101) / 101 - 0.5
            let light = (isLeft ? 0.2 : 0.6) + 0.1 * noise
            planes.color += [light, light, light, 1]
            planes.albedo += [Float](repeating: isLeft ? 0.3 : 0.9, count: 3)
            planes.normal += [0, 0, 1]
            planes.depth.append(2)
            planes.variance += [Float](repeating: 0.01 / 12, count: 3)
        }
        (planes.fineAlbedo, planes.fineNormal) = (planes.albedo, planes.normal)
        change(&planes)
        return planes
    }

    private static func maker(
        _ steps: [JobFile.DevelopStep], samples: Int = 4
    ) throws -> (maker: PictureMaker, chain: DevelopChain) {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.render.size = PictureSize(side)
            $0.render.samples = samples
            $0.develop = steps
        }
        let plan = try JobPlan(job)
        return (PictureMaker(plan), DevelopChain(plan))
    }

    private static func frame(_ planes: FloatPlanes) -> RenderedFrame {
        RenderedFrame(pixels: .planes(planes), method: "render-planes")
    }

    /// How far the picture's greys lie apart in its left half.
    private func unrest(_ steps: [JobFile.DevelopStep], _ planes: FloatPlanes) throws -> Int {
        let png = try Self.maker(steps).maker.files(Self.frame(planes), text: []).bytes[0]
        let picture = try ImageDecoder.decode(png)
        let bytes = picture.packedBytes()
        let greys = (0..<Self.side * Self.side).filter { $0 % Self.side < Self.side / 2 }.map {
            Int(bytes[$0 * picture.format.bytesPerPixel])
        }
        return (greys.max() ?? 0) - (greys.min() ?? 0)
    }

    @Test("it takes noise out of the light before the other steps, once however often it stands there")
    func quieter() throws {
        let raw = try unrest([.exposure(0.5)], Self.planes())
        let clean = try unrest([.exposure(0.5), .denoise(1)], Self.planes())
        #expect(clean * 2 < raw)
        #expect(try unrest([.denoise(1), .exposure(0.5), .denoise(1)], Self.planes()) == clean)
        #expect(try unrest([.denoise(0), .exposure(0.5)], Self.planes()) == raw)
    }

    @Test("it asks for planes in the same request, for the variance only of two samples and more")
    func asked() throws {
        let fine: Set<FloatPlanes.Channel> = [.albedo, .normal, .fineAlbedo, .fineNormal]
        #expect(try Self.maker([.denoise(1)]).chain.channels == fine.union([.variance]))
        #expect(try Self.maker([.denoise(1)], samples: 1).chain.channels == fine)
        #expect(try Self.maker([.denoise(0), .cleanEdges]).chain.channels.isEmpty)
        #expect(try Self.maker([.denoise(1)]).chain.wantsPlanes)
    }

    @Test(
        "it asks for guides of at least 32 samples and of twice the colour's, as far as a backend draws them",
        arguments: [(1, 32), (16, 32), (17, 34), (64, 128), (512, 1024), (1023, 1024), (1024, nil), (5000, nil)])
    func guides(samples: Int, expected: Int?) throws {
        let chain = try Self.maker([.denoise(1)], samples: samples).chain
        #expect(chain.guideSamples == expected)
        #expect(chain.channels.contains(.fineAlbedo) == (expected != nil))
        #expect(try Self.maker([.exposure(1)], samples: samples).chain.guideSamples == nil)
    }

    @Test("fine guides go to the image core with their number of samples, both or none")
    func handedOver() {
        func given(_ change: (inout FloatPlanes) -> Void, fine: Int? = 32) -> (samples: Int, hasFine: Bool) {
            let guides = Self.planes(change).guides(samples: 4, fineSamples: fine)
            return (guides.samples, guides.hasFine)
        }
        #expect(given { _ in } == (32, true))
        #expect(given({ _ in }, fine: nil) == (4, true))
        #expect(given { $0.fineNormal = [] } == (4, false))
        #expect(given { $0.fineAlbedo = [] } == (4, false))
    }

    @Test("lines that the colour's samples have missed are drawn where finer guides show them")
    func thinLines() throws {
        func light(_ change: (inout FloatPlanes) -> Void) throws -> [Int] {
            let planes = Self.planes { planes in
                // A line of which every other pixel was missed.
                for i in 0..<Self.side * Self.side {
                    let isLine = i / Self.side == 12
                    let (seen, share): (Float, Float) = (isLine && i % 2 == 0 ? 1 : 0, isLine ? 0.5 : 0)
                    for c in 0..<3 {
                        planes.color[4 * i + c] = seen
                        planes.variance[3 * i + c] = seen * 0.25
                        planes.albedo[3 * i + c] = seen
                        planes.normal[3 * i + c] = c == 2 ? seen : 0
                        planes.fineAlbedo[3 * i + c] = share
                        planes.fineNormal[3 * i + c] = c == 2 ? share : 0
                    }
                    planes.color[4 * i + 3] = seen
                }
                change(&planes)
            }
            let png = try Self.maker([.denoise(1), .toneMap(.linear)]).maker.files(Self.frame(planes), text: []).bytes[
                0]
            let picture = try ImageDecoder.decode(png)
            let (bytes, step) = (picture.packedBytes(), picture.format.bytesPerPixel)
            return (4..<20).map { Int(bytes[(12 * Self.side + $0) * step + step - 1]) }
        }
        func unrest(_ values: [Int]) -> Int { (values.max() ?? 0) - (values.min() ?? 0) }
        let (fine, coarse) = (try light { _ in }, try light { ($0.fineAlbedo, $0.fineNormal) = ([], []) })
        #expect(unrest(fine) * 2 < unrest(coarse), "\(fine) \(coarse)")
    }

    @Test("a backend that does not know extra planes does; one without the others does not")
    func missing() throws {
        let maker = try Self.maker([.denoise(1)]).maker
        for channel in FloatPlanes.Channel.allCases where channel.isExtra {
            #expect(try maker.files(Self.frame(Self.planes { $0[channel] = [] }), text: []).bytes.count == 1)
        }
        for channel in [FloatPlanes.Channel.albedo, .normal] {
            let error = #expect(throws: CodecError.self) {
                try maker.files(Self.frame(Self.planes { $0[channel] = [] }), text: [])
            }
            #expect(error?.message.contains("no \(channel.rawValue) plane") == true)
        }
        for channel in FloatPlanes.Channel.allCases {
            let error = #expect(throws: CodecError.self) {
                try maker.files(Self.frame(Self.planes { $0[channel].removeLast() }), text: [])
            }
            #expect(error?.message.contains("floats of \(channel.rawValue) for 24x24 pixels") == true)
        }
        let png = try PNGEncoder().encode(PixelBuffer(width: 2, height: 2, format: .rgba8))
        let error = #expect(throws: CodecError.self) {
            try maker.files(RenderedFrame(pixels: .encoded(png), method: "snapshot"), text: [])
        }
        #expect(error?.message.contains("8 bits a channel and no planes") == true)
    }

    @Test("numbers that are none do not spread", arguments: FloatPlanes.Channel.allCases)
    func notNumbers(channel: FloatPlanes.Channel) throws {
        let broken = Self.planes { planes in
            for i in [0, 50, 100] { planes[channel][i] = [.nan, .infinity, -.infinity][i / 50] }
        }
        #expect(try unrest([.denoise(1)], broken) * 3 < (try unrest([], Self.planes())) * 4)
    }
}
