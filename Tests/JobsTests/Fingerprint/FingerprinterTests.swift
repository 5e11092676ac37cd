// SPDX-License-Identifier: Apache-2.0
import Codecs
import Scene
import Testing

@testable import Jobs

@Suite struct FingerprinterTests {
    private func fingerprint(_ place: Workplace, _ change: (inout JobFile) -> Void = { _ in }) throws -> Fingerprint {
        let plan = try JobPlan(place.job(change))
        let print = Fingerprinter(plan)
        let scene = plan.scenes[0]
        return print.fingerprint(frame: 0, inputs: print.inputs(scene, sideFiles: print.sideFiles(scene)))
    }

    @Test("what decides on pixels changes it") func settings() throws {
        let place = try Workplace(models: ["a.obj"])
        let changes: [(inout JobFile) -> Void] = [
            { _ in }, { $0.render.samples += 1 }, { $0.render.renderer = .production }, { $0.camera.margin = 0.2 },
            { $0.render.size = PictureSize(25) }, { $0.develop = [.exposure(1)] }, { $0.develop = [.denoise(1)] },
            { $0.frames.views = [.front] },
            { $0.scene.background = .white }, { $0.outputs[0].size = [PictureSize(8)] }, { $0.sources.up = .plusZ },
            { $0.outputs[0].compression = .small },
        ]
        let all = try changes.map { try fingerprint(place, $0) }
        #expect(Set(all).count == changes.count)
    }

    @Test("what does not decide on pixels leaves it") func others() throws {
        let place = try Workplace(models: ["a.obj"])
        let plain = try fingerprint(place)
        let changes: [(inout JobFile) -> Void] = [
            { $0.run.jobs = 7 }, { $0.run.retries = 9 }, { $0.ledger = place.path("other") },
            { $0.outputs[0].path = place.path("elsewhere/{rel}.png") }, { $0.run.shard = .whole },
            { $0.scene.existing = .keep }, { $0.backend = .init(.connect(["h:1"])) },
        ]
        for change in changes { #expect(try fingerprint(place, change) == plain) }
    }

    @Test("a changed model or side file changes it, an absent one counts as absent") func inputs() throws {
        let place = try Workplace(models: [])
        try place.write("models/a.obj", "mtllib a.mtl\n")
        let absent = try fingerprint(place) { $0.run.fingerprint = .content }
        try place.write("models/a.mtl", "Kd 1 0 0\n")
        let red = try fingerprint(place) { $0.run.fingerprint = .content }
        try place.write("models/a.mtl", "Kd 0 1 0\n")
        let green = try fingerprint(place) { $0.run.fingerprint = .content }
        #expect(Set([absent, red, green]).count == 3)
        try place.write("models/a.mtl", "Kd 1 0 0\n")
        #expect(try fingerprint(place) { $0.run.fingerprint = .content } == red)
    }
}
