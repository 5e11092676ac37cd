// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The items left to draw, handed out scene by scene, so that a model loads once.
///
/// When no scene is left unbegun, free workers join the one with the most frames left.
final class WorkQueue: Sendable {
    private struct SceneWork {
        var scene: Int
        /// Frames left, the next one last.
        var frames: [Int]
        var isBegun = false
    }

    /// Items that went down with a renderer, to be tried again alone.
    struct Suspect: Sendable {
        var scene: Int
        var frames: [Int]
    }

    private struct State {
        var scenes: [SceneWork]
        var places: [Int: Int]
        var next = 0
        var suspects: [Suspect] = []
        var isStopped = false
        /// Frames left in all scenes.
        var count = 0
    }

    private let state: Mutex<State>

    /// - Parameter items: in the plan's order, those of a scene side by side.
    init(_ items: [ItemID]) {
        var scenes: [SceneWork] = []
        for item in items {
            if scenes.last?.scene != item.scene { scenes.append(SceneWork(scene: item.scene, frames: [])) }
            scenes[scenes.count - 1].frames.append(item.frame)
        }
        for index in scenes.indices { scenes[index].frames.reverse() }
        let places = Dictionary(scenes.enumerated().map { ($0.element.scene, $0.offset) }) { first, _ in first }
        state = Mutex(State(scenes: scenes, places: places, count: items.count))
    }

    /// The next item for a worker that holds a scene, or none; `nil` when there is nothing left for it.
    func next(holding scene: Int?) -> ItemID? {
        state.withLock { state in
            if state.isStopped { return nil }
            if let scene, let place = state.places[scene], let item = Self.take(from: place, &state) { return item }
            while state.next < state.scenes.count {
                let place = state.next
                state.next += 1
                state.scenes[place].isBegun = true
                if let item = Self.take(from: place, &state) { return item }
            }
            let busiest = state.scenes.indices.filter { state.scenes[$0].frames.count > 1 }
                .max { state.scenes[$0].frames.count < state.scenes[$1].frames.count }
            return busiest.flatMap { Self.take(from: $0, &state) }
        }
    }

    private static func take(from place: Int, _ state: inout State) -> ItemID? {
        guard let frame = state.scenes[place].frames.popLast() else { return nil }
        state.count -= 1
        return ItemID(scene: state.scenes[place].scene, frame: frame)
    }

    /// Items left, without those that were set aside.
    var count: Int { state.withLock { $0.count } }

    /// Puts an item back that a worker could not begin.
    func giveBack(_ item: ItemID) {
        state.withLock { state in
            guard let place = state.places[item.scene] else { return }
            state.scenes[place].frames.append(item.frame)
            state.count += 1
            state.next = min(state.next, place)
        }
    }

    /// Takes all frames of a scene that are left.
    func takeAll(of scene: Int) -> [Int] {
        state.withLock { state in
            guard let place = state.places[scene] else { return [] }
            let frames = state.scenes[place].frames
            state.scenes[place].frames = []
            state.count -= frames.count
            return frames.reversed()
        }
    }

    /// Whether frames of a scene are left, or set aside.
    func expects(scene: Int) -> Bool {
        state.withLock { state in
            state.places[scene].map { !state.scenes[$0].frames.isEmpty } ?? false
                || state.suspects.contains { $0.scene == scene }
        }
    }

    /// Sets items aside that were under way when a renderer was lost.
    func suspect(scene: Int, frames: [Int]) {
        state.withLock { $0.suspects.append(Suspect(scene: scene, frames: frames)) }
    }

    /// Takes the items that were set aside.
    func takeSuspects() -> [Suspect] {
        state.withLock { state in
            defer { state.suspects = [] }
            return state.suspects
        }
    }

    /// Hands nothing out from now on.
    func stop() { state.withLock { $0.isStopped = true } }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Takes everything that was never drawn.
    func takeRest() -> [ItemID] {
        state.withLock { state in
            let rest = state.scenes.flatMap { work in
                work.frames.reversed().map { ItemID(scene: work.scene, frame: $0) }
            }
            let aside = state.suspects.flatMap { work in work.frames.map { ItemID(scene: work.scene, frame: $0) } }
            for index in state.scenes.indices { state.scenes[index].frames = [] }
            (state.suspects, state.count) = ([], 0)
            return rest + aside
        }
    }
}
