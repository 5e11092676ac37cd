// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Scene

/// Computes the fingerprints of a plan's items.
struct Fingerprinter: Sendable {
    private let plan: JobPlan
    private let kind: JobFile.RunSettings.FingerprintKind
    /// The settings of each frame, hashed once.
    private let settings: [String]
    /// Inputs that every item has: the setup file, the named models.
    private let common: [InputState]

    init(_ plan: JobPlan) {
        self.plan = plan
        kind = plan.file.run.fingerprint
        settings = plan.frames.map { Digest.hex(Digest.sha256(Self.canonical(plan, frame: $0).serializedUTF8())) }
        var files = plan.file.scene.models.map(\.path)
        if let setup = plan.file.scene.setup { files.append(setup) }
        let (kind, stored) = (kind, plan.options.stored)
        common = files.map { Self.state($0, $0, kind, stored) }
    }

    private static func state(
        _ name: String, _ path: String, _ kind: JobFile.RunSettings.FingerprintKind, _ stored: StoredFiles?
    ) -> InputState {
        if let stored, StoredFiles.holds(path) { return InputState(name: name, object: stored.known(path)) }
        return InputState(name: name, path: path, kind: kind)
    }

    /// The states of a scene's inputs, side files named in `sideFiles` included.
    func inputs(_ scene: PlannedScene, sideFiles: [String]) -> [InputState] {
        let source = scene.source
        var states = common
        if plan.file.scene.models.isEmpty {
            states.append(Self.state(source.rel, source.path, kind, plan.options.stored))
        }
        for name in sideFiles {
            let path = SideFiles.resolve(name, beside: source.path)
            states.append(Self.state("> \(name)", path, kind, plan.options.stored))
        }
        return states
    }

    /// The side files that a scene's models name now.
    ///
    /// - Parameter local: where a model's file lies.
    func sideFiles(_ scene: PlannedScene, local: (String) -> String = { $0 }) -> [String] {
        let models = plan.file.scene.models
        return models.isEmpty
            ? SideFiles.names(of: local(scene.source.path)) : models.flatMap { SideFiles.names(of: local($0.path)) }
    }

    /// The fingerprint of a frame of a scene whose inputs are in this state.
    func fingerprint(frame: Int, inputs: [InputState]) -> Fingerprint {
        var text = "darkroom \(Fingerprint.pictureVersion)\n\(settings[frame])\n"
        for input in inputs { text += "\(input.name)\0\(input.state)\n" }
        return Fingerprint(of: Array(text.utf8))
    }

    // MARK: Settings

    /// Everything of the job that decides on pixels, for one frame; what stands at its default is left out, so that
    /// a release with new keys finds the old pictures unchanged.
    private static func canonical(_ plan: JobPlan, frame: PlannedFrame) -> JSONValue {
        let file = plan.file
        var job = JobFile()
        job.scene = file.scene
        job.scene.existing = .refuse
        job.camera = file.camera
        job.render = file.render
        job.develop = file.develop
        job.sources.up = file.sources.up
        job.sources.include = []
        return [
            "job": .string(
                JobShape<JobFile>.section.write(job).without(JobShape<JobFile>.section.write(JobFile())).yaml()),
            "name": .string(file.name ?? ""),
            "frame": .string(text(frame)), "size": [.int(Int64(plan.width)), .int(Int64(plan.height))],
            "outputs": .array(plan.outputs.map { .string(text($0)) }),
        ]
    }

    private static func text(_ output: PlannedOutput) -> String {
        var settings = output.settings
        settings.size = []
        settings.path = settings.isBuffers ? "exr" : settings.format.rawValue
        let node = JobShape<JobFile.Output>.section.write(settings)
        return
            "\(output.width)x\(output.height) \(node.without(JobShape<JobFile.Output>.section.write(JobFile.Output())).yaml())"
    }

    private static func text(_ frame: PlannedFrame) -> String {
        var words: [String] = []
        switch frame.camera {
        case .preset(let preset): words.append(preset.rawValue)
        case .fixed(let view): words.append("\(numbers(view.position)) \(numbers(view.target)) \(numbers(view.up))")
        }
        if let turn = frame.turn { words.append("turn \(turn.index)/\(turn.count) \(turn.axis?.rawValue ?? "up")") }
        if let simulation = frame.simulation { words.append("simulation \(simulation)") }
        return words.joined(separator: "\n")
    }

    private static func numbers(_ vector: Vector3) -> String { "\(vector.x),\(vector.y),\(vector.z)" }
}

extension JobNode {
    /// The mapping less what another one says too.
    fileprivate func without(_ other: JobNode) -> JobNode {
        guard case .map(let entries) = content else { return self }
        return JobNode(
            .map(
                entries.compactMap { entry in
                    guard let counterpart = other[entry.key] else { return entry }
                    let value = entry.value.without(counterpart)
                    if case .map(let rest) = value.content, rest.isEmpty { return nil }
                    if value.yaml() == counterpart.yaml() { return nil }
                    return Entry(key: entry.key, mark: entry.mark, value: value)
                }))
    }
}
