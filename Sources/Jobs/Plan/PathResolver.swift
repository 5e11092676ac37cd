// SPDX-License-Identifier: Apache-2.0

/// Fills the outputs' templates, and finds items that would write the same file.
struct PathResolver: Sendable {
    var outputs: [PlannedOutput]
    var frames: [PlannedFrame]
    /// What fills `{name}`.
    var name: String

    /// The files of one item.
    func paths(_ scene: PlannedScene, frame: Int) -> [String] {
        outputs.indices.map { path(scene, frame: frame, output: $0) }
    }

    /// One file of one item.
    func path(_ scene: PlannedScene, frame: Int, output: Int) -> String {
        let (output, frame) = (outputs[output], frames[frame])
        return output.template.path(
            OutputTemplate.Values(
                path: scene.source.path, rel: scene.source.rel, name: name, view: frame.viewName, frame: frame.index,
                turn: frame.turn?.index ?? 0, simulation: frame.simulation ?? 0, width: output.width,
                height: output.height, index: scene.index))
    }

    /// Checks the files of one scene against each other, which no other scene is to blame for.
    ///
    /// - Throws: `JobError` of code `usage` that names both.
    func checkOwn(_ scene: PlannedScene) throws(JobError) {
        var seen: [String: (frame: Int, output: Int)] = [:]
        for frame in frames.indices {
            for (index, path) in paths(scene, frame: frame).enumerated() {
                guard let other = seen.updateValue((frame, index), forKey: Self.folded(path)) else { continue }
                if other.frame != frame {
                    throw JobError(
                        .usage,
                        "output \(outputs[index].settings.path): \(title(scene, other.frame)) and \(title(scene, frame)) "
                            + "would both be written to \(path); put {frame:4}, {view} or {turn} into the path")
                }
                let (a, b) = (outputs[other.output], outputs[index])
                throw JobError(
                    .usage,
                    "outputs \(a.settings.path) (\(a.width)x\(a.height)) and \(b.settings.path) "
                        + "(\(b.width)x\(b.height)) write the same file \(path); put {width} or another name into one")
            }
        }
    }

    /// Items of the whole job that share a file with another one, each with a sentence that names both.
    func collisions(_ scenes: [PlannedScene]) -> [ItemID: String] {
        var owners: [String: ItemID] = [:]
        owners.reserveCapacity(scenes.count * frames.count)
        var collisions: [ItemID: String] = [:]
        for scene in scenes {
            for frame in frames.indices {
                let item = ItemID(scene: scene.index, frame: frame)
                for path in paths(scene, frame: frame) {
                    guard let other = owners.updateValue(item, forKey: Self.folded(path)), other != item else {
                        continue
                    }
                    owners[Self.folded(path)] = other
                    let (a, b) = (title(scenes[other.scene], other.frame), title(scene, frame))
                    let cause =
                        "\(a) and \(b) would both be written to \(path); use {rel}, {hash}, {view}, {turn} or {simulation} in the output's path to keep them apart"
                    collisions[item] = cause
                    collisions[other] = cause
                }
            }
        }
        return collisions
    }

    private func title(_ scene: PlannedScene, _ frame: Int) -> String {
        frames.count == 1 ? scene.source.rel : "\(scene.source.rel) (\(frames[frame].label))"
    }

    /// The path as a file system that ignores case would compare it.
    private static func folded(_ path: String) -> String { PathName.normalized(path).lowercased() }
}
