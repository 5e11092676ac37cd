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
        #expect(try Self.maker([.denoise(1)]).chain.channels == [.albedo, .normal, .variance])
        #expect(try Self.maker([.denoise(1)], samples: 1).chain.channels == [.albedo, .normal])
        #expect(try Self.maker([.denoise(0), .cleanEdges]).chain.channels.isEmpty)
        #expect(try Self.maker([.denoise(1)]).chain.wantsPlanes)
    }

    @Test("a backend that does not know the variance does; one without other planes does not")
    func missing() throws {
        let maker = try Self.maker([.denoise(1)]).maker
        #expect(try maker.files(Self.frame(Self.planes { $0.variance = [] }), text: []).bytes.count == 1)
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
