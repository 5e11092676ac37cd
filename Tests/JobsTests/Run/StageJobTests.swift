// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Synchronization
import Testing

@testable import Jobs

/// Jobs over stages: files with a camera of their own that are put together from others.
@Suite struct StageJobTests {
    private static let camera = StageCamera(
        view: View(position: Vector3(1, 2, 9), target: Vector3(1, 2, 0)), projection: .perspective(fovy: 30),
        aspect: 1.5)

    @Test(
        "a job that says nothing of the camera looks through the stage's own",
        arguments: [
            ("", true), ("frames: {views: [front]}", false), ("frames: {views: [iso]}", false),
            ("camera: {projection: {fovy: 20}}", false), ("frames: {turntable: {views: 2}}", false),
            ("camera: {view: {position: [0, 0, 5], target: [0, 0, 0]}}", false),
        ])
    func ownCamera(yaml: String, isOwn: Bool) async throws {
        let place = try Workplace(models: ["a.usda"])
        let stage = StandInStage(["a.usda": .hasCamera(Self.camera)])
        let settings = try JobFile.parse(yaml: yaml.isEmpty ? "{}" : yaml)
        try await place.run(
            place.job {
                ($0.frames, $0.camera) = (settings.frames, settings.camera)
                $0.outputs[0].path = place.path("out/{rel}.{turn}.png")
            }, stage: stage)
        let frames = stage.state.withLock { $0.lastFrames }
        #expect(!frames.isEmpty && frames.allSatisfy { ($0.view == Self.camera.view) == isOwn })
        if isOwn { #expect(frames[0].projection == .perspective(fovy: 30) && frames[0].nearClip ?? 0 > 0) }
    }

    @Test("what the camera sees stays in a picture that is narrower", arguments: [1.5, 1, 0.5, 3])
    func fitting(aspect: Double) {
        guard case .perspective(let fovy, _, _) = Self.camera.projection(fitting: aspect) else {
            Issue.record("not perspective")
            return
        }
        // Half the width that is seen at a distance of one.
        let width = tan(fovy * .pi / 360) * aspect
        let own = tan(30 * .pi / 360) * 1.5
        if aspect >= 1.5 { #expect(fovy == 30) } else { #expect(abs(width - own) < 1e-9) }
    }

    @Test("a changed layer or picture of a stage in text draws it anew") func layers() async throws {
        let place = try Workplace(models: [])
        try place.write(
            "models/a.usda", "#usda 1.0\n(subLayers = [@./parts/b.usda@, @scheme://far@])\ndef X \"me@home\" {}\n")
        try place.write("models/parts/b.usda", "#usda 1.0\n# asset file = @pictures/c.png@\n")
        try place.write("models/parts/pictures/c.png", "one")
        let job = place.job { $0.sources.paths = [place.path("models/a.usda")] }
        #expect(try await place.run(job).counts == [.done: 1])
        #expect(try await place.run(job).counts == [.unchanged: 1])
        try place.write("models/parts/pictures/c.png", "another")
        #expect(try await place.run(job).counts == [.done: 1])
        try place.write("models/parts/b.usda", "#usda 1.0\n# nothing\n")
        #expect(try await place.run(job).counts == [.done: 1])
        #expect(try await place.run(job).counts == [.unchanged: 1])
    }
}
