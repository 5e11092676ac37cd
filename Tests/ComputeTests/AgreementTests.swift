// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Compute

@Suite struct AgreementTests {
    private static let tolerance: Float = 1.001 / 255

    private static let settings = [
        DevelopSettings(), DevelopSettings(exposure: -1), DevelopSettings(exposure: 0.5, toneMap: .brayns),
        DevelopSettings(toneMap: .filmic), DevelopSettings(exposure: 2, toneMap: .reinhard),
    ]

    private static func outputs(_ width: Int, _ height: Int, _ format: PixelFormat = .rgba8) -> [Development.Output] {
        [
            Development.Output(width: width, height: height, format: format),
            Development.Output(width: max(1, width / 3), height: max(1, height / 2), format: format),
            Development.Output(width: width, height: height, format: .rgb8, background: SIMD3(0.1, 0.5, 0.9)),
            Development.Output(width: 41, height: 13, format: .rgb8, background: SIMD3(1, 1, 1)),
            Development.Output(width: 0, height: 9),
        ]
    }

    private func expectAgreement(
        _ picture: borrowing PixelBuffer, _ development: Development, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try ComputePictures.engine().developed(picture, development)
        let wanted = picture.developed(development)
        #expect(found.pictures.count == wanted.count)
        for index in 0..<wanted.count {
            let difference = ComputePictures.difference(found.pictures[index], wanted[index])
            #expect(
                difference <= Self.tolerance, "\(comment): output \(index) differs by \(difference * 255) / 255",
                sourceLocation: sourceLocation)
        }
    }

    @Test("every size gives what the processor gives", arguments: ComputePictures.sizes)
    func sizes(width: Int, height: Int) throws {
        for source in Development.Source.allCases {
            var development = Development(outputs: Self.outputs(width, height))
            (development.source, development.settings) = (source, DevelopSettings(exposure: 0.5, toneMap: .filmic))
            try expectAgreement(ComputePictures.scene(width, height), development, "\(source)")
        }
    }

    @Test("every format gives what the processor gives", arguments: ComputePictures.formats)
    func sources(format: PixelFormat) throws {
        for source in Development.Source.allCases {
            for settings in [DevelopSettings(), DevelopSettings(exposure: 0.5)] {
                var development = Development(outputs: Self.outputs(65, 31, format))
                (development.source, development.settings) = (source, settings)
                try expectAgreement(ComputePictures.scene(65, 31, format: format), development, "\(source) \(settings)")
            }
        }
    }

    @Test("every format is written as the processor writes it", arguments: ComputePictures.formats)
    func targets(format: PixelFormat) throws {
        for source in [PixelFormat.rgba8, .rgb8, .linearRGBA] {
            let development = Development(outputs: Self.outputs(65, 31, format))
            try expectAgreement(ComputePictures.scene(65, 31, format: source), development, "\(source)")
        }
    }

    @Test("every curve gives what the processor gives", arguments: settings)
    func curves(settings: DevelopSettings) throws {
        let deep = PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight)
        var development = Development(outputs: Self.outputs(257, 30) + Self.outputs(257, 30, deep))
        development.settings = settings
        try expectAgreement(ComputePictures.light(257, 30), development, "light")
        try expectAgreement(ComputePictures.scene(257, 30), development, "codes")
        development.source = .braynsFrame
        try expectAgreement(ComputePictures.scene(257, 30), development, "frame")
        try expectAgreement(ComputePictures.scene(257, 30, format: .rgb8), development, "opaque frame")
    }

    @Test(
        "every filter and space gives what the processor gives", arguments: ResampleFilter.allCases,
        [ResampleSpace.linearLight, .gamma])
    func filters(filter: ResampleFilter, space: ResampleSpace) throws {
        let sizes = [(64, 7), (1, 1), (300, 200), (129, 64)]
        var development = Development(outputs: sizes.map { Development.Output(width: $0.0, height: $0.1) })
        (development.filter, development.space) = (filter, space)
        try expectAgreement(ComputePictures.scene(257, 130), development, "\(filter)")
    }

    @Test("all 256 codes survive undoing and doing Brayns' encoding again")
    func codes() throws {
        let packed = (0..<512).flatMap { index -> [UInt8] in
            let code = UInt8(index / 2)
            return [code, code, code, index % 2 == 1 ? 128 : 255]
        }
        let picture = PixelBuffer(width: 512, height: 1, format: .rgba8, packed: packed)
        var development = Development(outputs: [Development.Output(width: 512, height: 1)])
        (development.source, development.settings.toneMap) = (.braynsFrame, .brayns)
        let found = try ComputePictures.engine().developed(picture, development).pictures[0].packedBytes()
        for pixel in stride(from: 0, to: 2048, by: 8) {
            #expect(found[pixel..<pixel + 4] == packed[pixel..<pixel + 4])
        }
    }

    @Test("light that is no number, infinite or negative becomes what the processor makes of it", arguments: settings)
    func brokenLight(settings: DevelopSettings) throws {
        let values: [Float] = [.nan, .infinity, -.infinity, -1, 1e30, -0.0, 1e-38, 0.5]
        let floats = values.flatMap { value -> [Float] in [value, value, 0.25, 1] }
        let picture = PixelBuffer(width: 8, height: 1, format: .linearRGBA, floats: floats)
        var development = Development(outputs: [
            Development.Output(width: 8, height: 1), Development.Output(width: 8, height: 1, background: .one),
        ])
        development.settings = settings
        try expectAgreement(picture, development, "broken")
    }

    @Test("a picture with padding at its rows' ends is read without it")
    func padding() throws {
        var padded = PixelBuffer(width: 5, height: 3, format: .rgb8, stride: 32)
        for y in 0..<3 {
            var row = padded.mutableRowBytes(y)
            for x in 0..<15 { row.storeBytes(of: UInt8(16 * y + x), toByteOffset: x, as: UInt8.self) }
        }
        try expectAgreement(padded, Development(outputs: Self.outputs(5, 3, .rgb8)), "padding")
    }

    private func isNear(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> Bool {
        (0..<4).allSatisfy { abs(a[$0] - b[$0]) < 1e-6 }
    }

    @Test("statistics are those of the processor", arguments: ComputePictures.formats)
    func statistics(format: PixelFormat) throws {
        for background in [nil, SIMD4<Float>(0.5, 0.5, 0.5, 1), .zero] {
            for (width, height) in [(1, 1), (65, 40), (257, 65)] {
                let picture = ComputePictures.scene(width, height, format: format)
                let found = try ComputePictures.engine()
                    .developed(picture, Development(outputs: []), statisticsOver: background).statistics
                let wanted = picture.statistics(background: background)
                #expect(isNear(found.minimum, wanted.minimum))
                #expect(isNear(found.maximum, wanted.maximum))
                #expect((0..<4).allSatisfy { abs(found.mean[$0] - wanted.mean[$0]) < 1e-5 })
                #expect(found.foregroundCount == wanted.foregroundCount && found.blank == wanted.blank)
                #expect(found.isConstant == wanted.isConstant && abs(found.alphaCoverage - wanted.alphaCoverage) < 1e-5)
            }
        }
    }

    @Test("blank pictures are found blank for the processor's reason")
    func blanks() throws {
        func blank(_ pixel: [Float], over background: SIMD4<Float>? = nil) throws -> PixelStatistics.Blank? {
            let floats = (0..<90).flatMap { _ in pixel }
            let picture = PixelBuffer(width: 9, height: 10, format: .linearRGBA, floats: floats)
            return try ComputePictures.engine()
                .developed(picture, Development(outputs: []), statisticsOver: background).statistics.blank
        }
        #expect(try blank([0, 0, 0, 0]) == .transparent)
        #expect(try blank([0.5, 0.5, 0.5, 1], over: SIMD4(0.5, 0.5, 0.5, 1)) == .background)
        #expect(try blank([0.5, 0.5, 0.5, 1]) == .constant)
        #expect(try blank([0.5, .nan, 0.5, 1]) == .notNumbers)
        let nothing = PixelBuffer(width: 0, height: 4, format: .rgba8)
        let found = try ComputePictures.engine().developed(nothing, Development(outputs: Self.outputs(0, 4)))
        #expect(found.statistics.blank == .empty && found.pictures.count == 5 && found.pictures[3].width == 41)
    }
}
