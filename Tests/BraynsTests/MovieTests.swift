// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import TestFixtures
import Testing

/// Films of finished pictures.
@Suite struct MovieTests {
    private func inFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }

    private static let picture = Fixtures.url("brayns/45-snapshot-png/response.payload.png").path

    @Test("frames become a film with as many pictures, in the place of an older one")
    func film() async throws {
        try await inFolder { folder in
            let path = folder.appendingPathComponent("a film.mp4").path
            try Data("old".utf8).write(to: URL(fileURLWithPath: path))
            let size = PixelSize(width: 64, height: 48)
            try await Movie(frames: Array(repeating: Self.picture, count: 7), fps: 10, size: size).save(to: path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(bytes.dropFirst(4).prefix(4).elementsEqual("ftyp".utf8))
            // The box of sample sizes tells how many pictures there are: size, name, flags, one size, count.
            let box = try #require(bytes.range(of: Data("stsz".utf8)))
            let count = bytes[(box.upperBound + 8)..<(box.upperBound + 12)].reduce(0) { $0 << 8 | Int($1) }
            #expect(count == 7)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a film.mp4"])
        }
    }

    @Test("what cannot become a film is refused before anything is written")
    func refusals() async throws {
        try await inFolder { folder in
            let path = folder.appendingPathComponent("b.mp4").path
            let refused: [(Movie, BraynsError.Code)] = [
                (Movie(frames: []), .badArgument), (Movie(frames: [Self.picture], fps: 0), .badArgument),
                (Movie(frames: [Self.picture, "b.jpg"]), .badArgument), (Movie(frames: ["a.bmp"]), .badArgument),
                (Movie(frames: [folder.path + "/none.png"]), .file),
                (Movie(frames: [Self.picture], program: "no-such-ffmpeg"), .file),
                (Movie(frames: [Self.picture], encoder: "no-such-encoder"), .file),
            ]
            for (movie, code) in refused {
                let error = await #expect(throws: BraynsError.self) { try await movie.save(to: path) }
                #expect(error?.code == code, "\(String(describing: error))")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.isEmpty)
        }
    }

    @Test("a simulation's film has a picture for each step of its time")
    func simulationFrames() {
        let simulation = SimulationParameters(startFrame: 0, endFrame: 100, dt: 0.1, unit: "ms")
        // 10 ms of life, a thousand times slower, are 10 s of film.
        #expect(simulation.frames(fps: 10, slowdown: 1000).count == 101)
        #expect(simulation.frames(fps: 1, slowdown: 1000) == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        let still = SimulationParameters(startFrame: 0, endFrame: 0, dt: 0, unit: "ms")
        #expect(still.frames(fps: 25, slowdown: 1).isEmpty && simulation.frames(fps: .nan, slowdown: 1).isEmpty)
    }
}
