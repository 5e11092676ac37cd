// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import Jobs

@Suite struct InterruptionTests {
    /// A runner that is stopped from inside a stand-in's frame.
    private final class Brake: Sendable {
        let runner = Mutex<JobRunner?>(nil)
        func pull() { runner.withLock { $0?.interrupt() } }
    }

    @Test("a run stopped after any picture and started again ends with the same bytes", arguments: [1, 2, 4, 7])
    func resumes(after count: Int) async throws {
        let models = (0..<8).map { "m\($0).obj" }
        let whole = try Workplace(models: models)
        try await whole.run(whole.job { $0.run.fingerprint = .content })
        let place = try Workplace(models: models)
        let brake = Brake()
        let stage = StandInStage { if $0 == count { brake.pull() } }
        let runner = JobRunner(
            plan: try JobPlan(place.job { $0.run.fingerprint = .content }),
            provider: StandInProvider(stage: stage, capacity: 1))
        brake.runner.withLock { $0 = runner }
        let stopped = await runner.run()
        #expect(stopped.exitCode == .interrupted && stopped.isInterrupted)
        #expect(stopped.counts == [.done: count, .interrupted: 8 - count])
        let rest = try await place.run(place.job { $0.run.fingerprint = .content })
        #expect(rest.counts == [.unchanged: count, .done: 8 - count] && rest.exitCode == .success)
        #expect(try Set(place.pictures().values) == Set(whole.pictures().values))
    }

    @Test("a renderer that does not finish within the grace is dropped") func grace() async throws {
        let place = try Workplace(models: ["a.obj", "hang.obj"])
        var options = JobRunner.Options()
        options.grace = .milliseconds(50)
        let stage = StandInStage(["hang.obj": .hangs])
        let runner = JobRunner(
            plan: try JobPlan(place.job()),
            provider: StandInProvider(stage: stage, capacity: 1), options: options)
        let run = Task { await runner.run() }
        for _ in 0..<3000 where !stage.prepared.contains("hang.obj") { try await Task.sleep(for: .milliseconds(10)) }
        run.cancel()
        let summary = await run.value
        #expect(summary.exitCode == .interrupted && summary.items.map(\.result) == [.done, .interrupted])
    }

    @Test("a picture in place without its ledger line is known by the fingerprint inside", arguments: ["png", "jpg"])
    func lostLine(format: String) async throws {
        let place = try Workplace()
        let job = place.job { $0.outputs = [JobFile.Output(path: place.path("out/{rel}.\(format)"))] }
        try await place.run(job)
        let pictures = try place.pictures()
        try FileManager.default.removeItem(atPath: place.path("ledger"))
        let stage = StandInStage()
        let summary = try await place.run(job, stage: stage)
        #expect(summary.counts == [.unchanged: 3] && stage.frames == 0)
        #expect(try place.pictures() == pictures)
        // The lines are back: now without opening a picture.
        #expect(try await place.run(job).counts == [.unchanged: 3])
    }

    @Test("a torn picture is never taken for a finished one") func tornPicture() async throws {
        let place = try Workplace(models: ["a.obj"])
        try await place.run()
        let whole = try place.bytes("out/a.obj.png")
        try FileManager.default.removeItem(atPath: place.path("ledger"))
        try Data(whole.dropLast(40)).write(to: URL(fileURLWithPath: place.path("out/a.obj.png")))
        #expect(try await place.run().counts == [.done: 1])
        #expect(try place.bytes("out/a.obj.png") == whole)
    }

    @Test("verify opens every picture, and draws a spoilt one anew") func verify() async throws {
        let place = try Workplace()
        try await place.run()
        var spoilt = try place.bytes("out/b.obj.png")
        for i in spoilt.count / 2..<spoilt.count / 2 + 8 { spoilt[i] ^= 0xFF }
        try Data(spoilt).write(to: URL(fileURLWithPath: place.path("out/b.obj.png")))
        #expect(try await place.run().counts == [.unchanged: 3])
        var options = JobRunner.Options()
        options.verifies = true
        #expect(try await place.run(options: options).counts == [.unchanged: 2, .done: 1])
    }

    @Test("what a killed run left of a file is used up by the next one, which writes the same file")
    func leftovers() throws {
        let place = try Workplace(models: [])
        let path = place.path("out/a.png")
        try AtomicFile.write([1, 2, 3], to: path)
        let hash = Fingerprint(of: Array("a.png".utf8)).description.prefix(16)
        let leftover = "out/.darkroom-\(hash).tmp"
        try place.write(leftover, "longer than what follows")
        try AtomicFile.write([4, 5], to: path)
        #expect(try place.pictures() == ["a.png": [4, 5]])
        // Held by a run that lives: left alone.
        try place.write(leftover, "theirs")
        let descriptor = open(place.path(leftover), O_RDONLY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        try AtomicFile.write([6], to: path)
        #expect(try place.bytes("out/a.png") == [6] && place.bytes(leftover) == Array("theirs".utf8))
    }

    @Test("no temporary file stays behind") func noLeftovers() async throws {
        let place = try Workplace()
        try await place.run()
        #expect(try place.pictures().keys.allSatisfy { !$0.contains(".tmp") })
        #expect(throws: FileError.self) { try AtomicFile.write([], to: place.path("out/zero.png")) }
        try FileManager.default.createDirectory(atPath: place.path("out/dir.png"), withIntermediateDirectories: true)
        #expect(throws: FileError.self) { try AtomicFile.write([1], to: place.path("out/dir.png")) }
        #expect(try place.pictures().keys.allSatisfy { !$0.contains(".tmp") })
    }
}
