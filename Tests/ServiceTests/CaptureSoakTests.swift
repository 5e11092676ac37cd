// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Glibc
import ImageCore
import JSONRPC
import OmniverseServices
import Rendering
import TestFixtures
import Testing

@testable import Service

/// Many captures on a short queue while renderers are killed: none that was accepted is lost.
@Suite struct CaptureSoakTests {
    private static let count = 500
    private static let kills = 25

    /// What was asked for, by job.
    private struct Asked {
        var stage: String
        var width: Int
    }

    @Test("every accepted capture ends in its picture or in a named failure", .timeLimit(.minutes(60)))
    func soak() async throws {
        try await ServiceUnderTest.inFolder { folder in
            try Data("ply\nformat ascii 1.0\n".utf8).write(to: URL(fileURLWithPath: folder + "/cut.ply"))
            let stages = Fixtures.url("stages").path
            let change: (inout CaptureOptions) -> Void = { options in
                options.roots += [folder, stages]
                (options.workers, options.queueLength) = (2, 12)
                var embedded = BackendChoice.EmbeddedOptions(children: 1, threads: 1)
                (embedded.executable, embedded.roots) = (ServiceUnderTest.program, options.roots)
                options.backend = .embedded(embedded)
            }
            var service = try await CaptureUnderTest(in: folder, change)
            let killer = Task { await Self.kill(Self.kills, mark: folder) }
            let models = ["terrain.stl", "knot.ply", "vase.obj", "knot.ply", folder + "/cut.ply", "gone.glb"]
            var (asked, refusals): ([String: Asked], Int) = ([:], 0)
            while asked.count < Self.count {
                let number = asked.count
                let stage = number % 25 == 7 ? stages + "/shelf.usda" : models[number % models.count]
                let width = 40 + number % 60
                let reply = try await service.client().capture.post(
                    usd_stage_path: .string(stage), width: .int(Int64(width)), height: 30, samples: 2, wait: false)
                if reply.status == 429 {
                    refusals += 1
                    try await Task.sleep(for: .milliseconds(20))
                    continue
                }
                asked[try #require(reply["job_id"]?.stringValue, "\(reply)")] = Asked(stage: stage, width: width)
                // Once, with the queue full, the service itself ends and comes back.
                if number == Self.count / 2 {
                    await service.stop()
                    service = try await CaptureUnderTest(in: folder, change)
                }
            }
            var (pictures, failures) = (0, [String: Int]())
            for (id, what) in asked {
                let job = try await service.settled(id)
                if job["status"] == "finished" {
                    let path = "\(folder)/pictures/\(id).png"
                    let picture = try ImageDecoder.decode([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
                    #expect(picture.width == what.width && picture.height == 30, "\(what)")
                    pictures += 1
                } else {
                    #expect(job["status"] == "failed" && job["error_message"]?.stringValue?.isEmpty == false, "\(job)")
                    let name = (what.stage as NSString).lastPathComponent
                    failures[name, default: 0] += 1
                }
            }
            let killed = await killer.value
            let good = try await service.client().capture.post(usd_stage_path: "terrain.stl", width: 32, height: 32)
            #expect(good["success"] == true && refusals > 0 && killed > 0, "\(good)")
            #expect(pictures > Self.count / 3, "\(failures)")
            #expect(asked.filter { $0.value.stage == "gone.glb" }.count == failures["gone.glb"])
            print(
                "soak: \(asked.count) accepted, \(refusals) refused, \(killed) killed, \(pictures) pictures, \(failures)"
            )
            await service.stop()
        }
    }

    /// Kills renderers of one service now and then.
    ///
    /// - Returns: how many were killed.
    private static func kill(_ count: Int, mark: String) async -> Int {
        var killed = 0
        for _ in 0..<count {
            try? await Task.sleep(for: .milliseconds(Int.random(in: 150...900)))
            guard let victim = children(with: mark).randomElement() else { continue }
            if Glibc.kill(victim, SIGKILL) == 0 { killed += 1 }
        }
        return killed
    }

    /// Children of this process that have a word on their command line.
    private static func children(with mark: String) -> [Int32] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
        return numbers.filter { number in
            guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
                let words = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
            else { return false }
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && Int32(fields[1]) == getpid() && words.contains(mark)
        }
    }
}
