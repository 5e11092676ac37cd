// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Scene

extension BraynsFrameRenderer {
    func prepare(_ request: SceneRequest) async throws -> SceneReport {
        let subject = request.models.count == 1 ? request.models[0].path : "\(request.models.count) models"
        return try await stage("load", of: subject, within: request.loadTimeout) { clock in
            let start = ContinuousClock.now
            told = ToldState()
            try await rememberState(clock)
            var warnings = try await makeRoom(request.existing, clock)
            let cleared = ContinuousClock.now
            for model in request.models { warnings += try await load(model, clock) }
            if !request.setup.isEmpty { touched = .everything }
            for call in request.setup { _ = try await clock.instance.send(call.method, call.parameters) }
            var report = try await report(on: request, clock)
            report.warnings = warnings + report.warnings
            report.stageSeconds = [
                "request": (cleared - start).inSeconds, "load": (ContinuousClock.now - cleared).inSeconds,
            ]
            return report
        }
    }

    func outermostPoints(along directions: [Vector3]) async throws -> [Vector3] {
        guard session.registry.contains(BraynsInstance.outermostPointsMethod) else { return [] }
        return try await stage("load", of: "The scene", within: nil) { clock in
            try await clock.instance.outermostPoints(along: directions)
        }
    }

    /// Makes the scene hold nothing of the job before, and nothing of others unless they are to be kept.
    private func makeRoom(_ existing: SceneRequest.Existing, _ clock: StageClock) async throws -> [String] {
        if session.process != nil {
            try await clear(clock)
            return []
        }
        let ours = held.models + held.lightIDs
        held = HeldScene()
        if !ours.isEmpty { try await clock.instance.removeModels(ours) }
        let foreign = try await clock.instance.scene().models
        guard !foreign.isEmpty else { return [] }
        switch existing {
        case .refuse:
            throw RendererError(
                .remote, stage: "load",
                "The scene of \(session.name) already holds \(foreign.count) models and lights: say --existing keep to"
                    + " draw them too, or --existing replace to remove them.")
        case .keep:
            held.hasForeign = true
            return ["The scene of \(session.name) held \(foreign.count) models and lights, which are drawn too."]
        case .replace:
            try await clear(clock)
            return ["The scene of \(session.name) held \(foreign.count) models and lights, which were removed."]
        }
    }

    /// Empties the scene and makes sure that it is empty.
    private func clear(_ clock: StageClock) async throws {
        held = HeldScene()
        for method in ["clear-models", "clear-lights", "clear-clipping-geometries", "set-framebuffer-static"]
        where session.registry.contains(method) {
            try await clock.instance.call(method)
        }
        let left = try await clock.instance.scene().models
        if !left.isEmpty { try await clock.instance.removeModels(left.map(\.id)) }
        let stubborn = left.isEmpty ? [] : try await clock.instance.scene().models
        guard stubborn.isEmpty else {
            throw RendererError(
                .remote, stage: "load",
                "The scene of \(session.name) cannot be emptied: \(stubborn.count) models stay in it.")
        }
    }

    /// Says what the scene holds now, and holds the files' own lights ready.
    private func report(on request: SceneRequest, _ clock: StageClock) async throws -> SceneReport {
        let scene = try await clock.instance.scene()
        var report = SceneReport(bounds: scene.bounds)
        if session.isDarkroom {
            let own = try await clock.instance.backendSceneReport()
            (report.triangles, report.up) = (own.triangles, own.up)
            report.warnings = own.warnings ?? []
            report.missingFiles = own.missingFiles ?? []
            // The lights stand in the file's coordinates; with one model it is known where that was placed.
            let place = request.models.count == 1 ? request.models[0].transform : nil
            report.lights = own.sceneLights.map { place.map($0.placed(by:)) ?? $0 }
        } else {
            let faces = scene.models.filter { held.models.contains($0.id) }.map { $0.info.metadata?["faces"] }
            let counts = faces.compactMap { $0.flatMap { Int($0) } }
            if !counts.isEmpty, counts.count == held.models.count { report.triangles = counts.reduce(0, +) }
        }
        report.lights += held.stages.flatMap(\.lights)
        report.missingFiles += held.stages.flatMap(\.missingFiles)
        if let stage = held.stages.first, request.models.count == 1 {
            (report.camera, report.up) = (stage.camera, .plusY)
        }
        held.fileLights = report.lights
        if session.registry.contains("get-simulation-parameters") {
            report.simulationFrames = try await clock.instance.simulation().frames
        }
        if let most = request.maxTriangles, let triangles = report.triangles, triangles > most {
            throw RendererError(
                .limits, stage: "load",
                "\(request.models.map(\.path).joined(separator: ", ")) has \(triangles) triangles, more than the "
                    + "\(most) allowed: raise --max-triangles.")
        }
        return report
    }
}

extension Light {
    /// The light of a file whose model was placed by a transform.
    func placed(by transform: Transform) -> Light {
        func turned(_ v: Vector3) -> Vector3 { transform.apply(to: v) - transform.apply(to: .zero) }
        switch self {
        case .ambient: return self
        case .directional(let direction, let color, let intensity):
            return .directional(
                direction: transform.rotation.normalized.rotate(direction), color: color, intensity: intensity)
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            return .quad(
                position: transform.apply(to: position), edge1: turned(edge1), edge2: turned(edge2), color: color,
                intensity: intensity)
        case .sphere(let position, let radius, let color, let intensity):
            let factor = max(abs(transform.scale.x), abs(transform.scale.y), abs(transform.scale.z))
            return .sphere(
                position: transform.apply(to: position), radius: radius * factor, color: color, intensity: intensity)
        }
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
