// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Jobs

@Suite struct JobPruneTests {
    private func job(_ place: Workplace) -> JobFile {
        place.job {
            $0.outputs = [
                JobFile.Output(path: place.path("out/{rel}.png")), JobFile.Output(path: place.path("out/{rel}.jpg")),
            ]
        }
    }

    @Test("pictures whose model is gone go, all files of them, and the folder that becomes empty")
    func prune() async throws {
        let place = try Workplace()
        try await place.run(job(place))
        try place.write("out/mine.png", "not ours")
        try FileManager.default.removeItem(atPath: place.path("models/sub/c.stl"))
        let prune = try JobPrune(JobPlan(job(place)))
        #expect(prune.files == [place.path("out/sub/c.stl.jpg"), place.path("out/sub/c.stl.png")])
        #expect(try await prune.run() == 2)
        #expect(Set(try place.pictures().keys) == ["a.obj.jpg", "a.obj.png", "b.obj.jpg", "b.obj.png", "mine.png"])
        #expect(FileSystem.status(place.path("out/sub")) == nil)
        #expect(try JobPrune(JobPlan(job(place))).files.isEmpty)
        #expect(try await place.run(job(place)).counts == [.unchanged: 2])
    }

    @Test("more than may go is a sign of a missing folder, and nothing goes") func limit() async throws {
        let place = try Workplace()
        try await place.run(job(place))
        for name in ["a.obj", "b.obj"] { try FileManager.default.removeItem(atPath: place.path("models/\(name)")) }
        let plan = try JobPlan(job(place))
        #expect { try JobPrune(plan) } throws: { ($0 as? JobError)?.code == .limits && "\($0)".contains("2 of 3") }
        #expect(try place.pictures().count == 6)
        let gone = try await JobPrune(plan, limit: .count(2)).run()
        #expect(gone == 4)
    }

    @Test("a plan that does not know all models prunes nothing") func partial() throws {
        let place = try Workplace()
        for change: (inout JobFile) -> Void in [
            { $0.run.shard = Shard(index: 1, count: 2) }, { $0.sources.paths = [place.path("models/a.obj")] },
        ] {
            var job = job(place)
            change(&job)
            let plan = try JobPlan(job)
            #expect { try JobPrune(plan) } throws: { ($0 as? JobError)?.code == .usage }
        }
    }
}
