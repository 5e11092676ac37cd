// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

/// Where the denoiser works, and where it leaves pixels alone.
@Suite struct DenoiseTileTests {
    private static func field(_ marks: [(x: Int, y: Int)], width: Int = 100, height: Int = 40) -> DenoiseField {
        let field = DenoiseField(width: width, height: height)
        for (x, y) in marks { field.place(DenoiseField.Plane.noise, y: y)[x] = 1 }
        return field
    }

    private static func boxes(_ marks: [(x: Int, y: Int)], tile: Int = 0) -> [DenoiseBox] {
        let field = field(marks)
        let tile = DenoiseTile(tile, width: field.width, height: field.height)
        return DenoiseWork(field.variations, field, tile).boxes
    }

    @Test("tiles cover a picture once", arguments: [(1, 1), (64, 16), (65, 17), (257, 33)])
    func cover(width: Int, height: Int) {
        var counts = [Int](repeating: 0, count: width * height)
        for index in 0..<DenoiseTile.count(width: width, height: height) {
            let tile = DenoiseTile(index, width: width, height: height)
            for y in tile.y..<tile.y + tile.height {
                for x in tile.x..<tile.x + tile.columns { counts[y * width + x] += 1 }
            }
        }
        #expect(counts.allSatisfy { $0 == 1 })
    }

    @Test("a tile in which nothing varies has no work")
    func quiet() {
        #expect(Self.boxes([]).isEmpty)
        #expect(Self.boxes([(70, 3), (3, 20)]).isEmpty, "they are other tiles' pixels")
    }

    @Test("work is as few columns and rows as hold it")
    func small() {
        #expect(Self.boxes([(17, 5)]) == [DenoiseBox(groups: 1..<2, rows: 5..<6)])
        #expect(Self.boxes([(17, 5), (40, 9)]) == [DenoiseBox(groups: 1..<3, rows: 5..<10)])
        #expect(
            Self.boxes([(0, 15), (63, 0), (50, 2)])
                == [DenoiseBox(groups: 0..<1, rows: 15..<16), DenoiseBox(groups: 3..<4, rows: 0..<3)])
        #expect(Self.boxes([(99, 39)], tile: 5) == [DenoiseBox(groups: 2..<3, rows: 7..<8)])
    }

    @Test("which sixteen pixels of a row have work is known")
    func groups() {
        let field = Self.field([(17, 5), (40, 9)])
        let work = DenoiseWork(field.variations, field, DenoiseTile(0, width: 100, height: 40))
        #expect(work.has(1, row: 5) && work.has(2, row: 9))
        #expect(!work.has(1, row: 9) && !work.has(2, row: 5) && !work.has(0, row: 5))
    }

    @Test("guides of more samples are taken to have less noise")
    func guideNoise() {
        let noise = [1, 4, 16, 64].map(GuideNoise.init(samples:))
        #expect(zip(noise, noise.dropFirst()).allSatisfy { $0.share > $1.share && $0.least > $1.least })
        #expect(noise[1].share == 0.25 && noise[1].least == 1.5e-2)
        #expect(GuideNoise(samples: 0) == GuideNoise(samples: 1))
    }
}
