// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct DevelopmentTests {
    private static let outputs = [
        Development.Output(width: 40, height: 31, background: nil),
        Development.Output(width: 257, height: 130, background: SIMD3(0.1, 0.5, 0.9)),
        Development.Output(width: 257, height: 130, format: .rgb8),
        Development.Output(width: 64, height: 7, format: .rgb8, background: SIMD3(1, 1, 1)),
        Development.Output(width: 300, height: 0),
    ]

    private static let developments: [Development] = Development.Source.allCases.flatMap { source in
        [DevelopSettings(), DevelopSettings(exposure: 0.5, toneMap: .brayns), DevelopSettings(toneMap: .filmic)].map {
            var development = Development(outputs: outputs)
            (development.source, development.settings) = (source, $0)
            return development
        }
    }

    @Test("bands give what the whole picture gives, whatever their height", arguments: developments, [1, 7, 64, 200])
    func bands(development: Development, rows: Int) {
        for format in [PixelFormat.rgba8, .rgb8, .linearRGBA] {
            let picture = TestPictures.scene(257, 130).converted(to: format)
            var stream = DevelopmentStream(development, width: 257, height: 130, format: format)
            for y in stride(from: 0, to: 130, by: rows) {
                stream.add(picture.cropped(x: 0, y: y, width: 257, height: min(rows, 130 - y)))
            }
            let whole = picture.developed(development)
            let streamed = stream.finish()
            for index in development.outputs.indices {
                #expect(streamed[index].packedBytes() == whole[index].packedBytes())
            }
        }
    }

    @Test("one pass gives what its steps give one after the other")
    func steps() {
        let picture = TestPictures.scene(90, 61).converted(to: .linearRGBA)
        var development = Development(outputs: [
            Development.Output(width: 33, height: 20, format: .rgb8, background: SIMD3(0.2, 0.3, 0.4))
        ])
        development.settings = DevelopSettings(exposure: 1, toneMap: .filmic)
        let apart = picture.developed(development.settings).resized(width: 33, height: 20)
            .flattened(over: SIMD3(0.2, 0.3, 0.4)).converted(to: .rgb8)
        let found = picture.developed(development)[0].packedBytes()
        #expect(zip(found, apart.packedBytes()).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    @Test("undoing and doing Brayns' encoding again keeps every code of opaque pixels, beside partial ones too")
    func codesSurvive() {
        let packed = (0..<1024).flatMap { index -> [UInt8] in
            let code = UInt8(index / 4)
            return [code, code, code, index % 4 == 1 ? 128 : 255]
        }
        let picture = PixelBuffer(width: 1024, height: 1, format: .rgba8, packed: packed)
        var development = Development(outputs: [Development.Output(width: 1024, height: 1)])
        (development.source, development.settings.toneMap) = (.braynsFrame, .brayns)
        let found = picture.developed(development)[0].packedBytes()
        for index in 0..<1024 where index % 4 != 1 {
            #expect(Array(found[4 * index..<4 * index + 4]) == Array(packed[4 * index..<4 * index + 4]))
        }
    }

    @Test("a pixel that Brayns covered by half has the colour of a covered one")
    func edges() {
        let (full, half) = (ToneMapping.braynsEncoded(0.5), ToneMapping.braynsEncoded(0.25))
        let codes = [full, half].map { UInt8(($0 * 255).rounded()) }
        let picture = PixelBuffer(
            width: 2, height: 1, format: .rgba8, packed: [codes[0], 0, 0, 255, codes[1], 0, 0, 128])
        var development = Development(outputs: [Development.Output(width: 2, height: 1)])
        (development.source, development.settings.toneMap) = (.braynsFrame, .brayns)
        let found = picture.developed(development)[0].packedBytes()
        #expect(found[0] == codes[0] && abs(Int(found[4]) - Int(codes[0])) <= 1 && found[7] == 128)
    }

    @Test("statistics by bands are those of the whole")
    func statistics() {
        let picture = TestPictures.scene(70, 50)
        var stream = StatisticsStream(format: .rgba8, background: SIMD4(0, 0, 0, 0))
        for y in stride(from: 0, to: 50, by: 9) { stream.add(picture.cropped(x: 0, y: y, width: 70, height: 9)) }
        let (whole, found) = (picture.statistics(background: SIMD4(0, 0, 0, 0)), stream.statistics())
        #expect(found.foregroundCount == whole.foregroundCount && found.minimum == whole.minimum)
        #expect(found.maximum == whole.maximum && found.blank == whole.blank)
        #expect(StatisticsStream(format: .rgba8).statistics().blank == .empty)
    }

    @Test("statistics of bytes agree with those of the same samples as floats")
    func statisticsOfBytes() {
        let wide = PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight)
        let picture = TestPictures.noise(65, 40)
        for background in [nil, SIMD4<Float>(0.5, 0.5, 0.5, 1), SIMD4(1, 0, 0, 1), .zero] {
            let (bytes, floats) = (
                picture.statistics(background: background),
                picture.converted(to: wide).statistics(background: background)
            )
            #expect(bytes.foregroundCount == floats.foregroundCount && bytes.blank == floats.blank)
            #expect((0..<4).allSatisfy { abs(bytes.mean[$0] - floats.mean[$0]) < 1e-6 })
            #expect(bytes.minimum == floats.minimum && bytes.maximum == floats.maximum)
        }
    }
}
