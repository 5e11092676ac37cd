// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization

/// Brings the models of a run here ahead of their turn, each once however many pictures it has, and takes them away
/// when their pictures are drawn; so much lies here at once as the scratch folder may hold.
final class Staging: Sendable {
    private struct Entry {
        var task: Task<Result<StagedModel, ItemFailure>, Never>
        var holders = 0
        /// Whether it was begun before anybody asked for it.
        var isAhead = false
        var bytes: Int
    }

    private struct State {
        /// Scenes in the order in which they will be asked for.
        var order: ArraySlice<Int> = []
        var entries: [Int: Entry] = [:]
        var begun: Set<Int> = []
        var bytes = 0
        /// Scenes on their way that nobody has asked for yet.
        var ahead = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isOver = false
    }

    private let plan: JobPlan
    private let stored: StoredFiles
    private let state = Mutex(State())
    private static let mostAhead = 4

    init(plan: JobPlan, stored: StoredFiles) { (self.plan, self.stored) = (plan, stored) }

    /// Tells which scenes will be asked for, in their order.
    func expect(_ scenes: [Int]) { state.withLock { $0.order = scenes[...] } }

    /// The model of a scene, once it is here; held until it is released.
    func acquire(_ scene: Int) async throws(ItemFailure) -> StagedModel {
        while true {
            let task: Task<Result<StagedModel, ItemFailure>, Never>? = state.withLock { state in
                if let entry = state.entries[scene] {
                    if entry.isAhead { state.ahead -= 1 }
                    state.entries[scene]?.isAhead = false
                    state.entries[scene]?.holders += 1
                    return entry.task
                }
                // What nobody holds has its turn after this: waiting for it could last for ever.
                let isHeld = state.entries.values.contains { $0.holders > 0 }
                guard fits(scene, state) || !isHeld else { return nil }
                begin(scene, &state)
                state.entries[scene]?.holders = 1
                return state.entries[scene]?.task
            }
            if let task {
                lookAhead()
                let result = await withTaskCancellationHandler {
                    await task.value
                } onCancel: {
                    task.cancel()
                }
                return try result.get()
            }
            await withCheckedContinuation { continuation in
                let isFree = state.withLock { state in
                    let isHeld = state.entries.values.contains { $0.holders > 0 }
                    if !isHeld || fits(scene, state) { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isFree { continuation.resume() }
            }
        }
    }

    /// Lets a scene go; its files go too when nobody else holds it and it is not to come again.
    func release(_ scene: Int, isOver: Bool) {
        let (gone, woken) = state.withLock { state in
            state.entries[scene]?.holders -= 1
            var gone = false
            if let entry = state.entries[scene], entry.holders <= 0, isOver {
                state.entries[scene] = nil
                state.bytes -= entry.bytes
                gone = true
            }
            defer { state.waiting = [] }
            return (gone, state.waiting)
        }
        if gone { try? FileManager.default.removeItem(atPath: folder(of: scene)) }
        woken.forEach { $0.resume() }
        lookAhead()
    }

    /// Ends what is on its way.
    func close() async {
        let tasks = state.withLock { state in
            state.isOver = true
            return state.entries.values.map(\.task)
        }
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.value }
    }

    /// Begins scenes whose turn comes next.
    private func lookAhead() {
        state.withLock { state in
            while !state.isOver, state.ahead < Self.mostAhead, let next = state.order.first {
                if state.begun.contains(next) {
                    state.order.removeFirst()
                } else if fits(next, state) {
                    begin(next, &state)
                    state.entries[next]?.isAhead = true
                    state.ahead += 1
                } else {
                    return
                }
            }
        }
    }

    private func begin(_ scene: Int, _ state: inout State) {
        let fetch = ModelFetch(plan: plan, stored: stored, scene: plan.scenes[scene], folder: folder(of: scene))
        let task = Task {
            let result = await fetch.run()
            if case .success(let model) = result { self.count(model.bytes, of: scene) }
            return result
        }
        let bytes = size(of: scene)
        state.begun.insert(scene)
        state.entries[scene] = Entry(task: task, bytes: bytes)
        state.bytes += bytes
    }

    /// Side files count once they are known.
    private func count(_ bytes: Int, of scene: Int) {
        state.withLock { state in
            guard let entry = state.entries[scene] else { return }
            state.bytes += bytes - entry.bytes
            state.entries[scene]?.bytes = bytes
        }
    }

    private func fits(_ scene: Int, _ state: State) -> Bool {
        state.bytes + size(of: scene) <= stored.options.scratchBytes
    }

    private func size(of scene: Int) -> Int {
        plan.storedModels(of: plan.scenes[scene]).reduce(0) { $0 + Int(stored.known($1)?.length ?? 0) }
    }

    private func folder(of scene: Int) -> String { "\(stored.scratch)/\(plan.scenes[scene].index)" }
}

extension JobPlan {
    /// The models of a scene that lie in stores.
    func storedModels(of scene: PlannedScene) -> [String] {
        let models = file.scene.models.isEmpty ? [scene.source.path] : file.scene.models.map(\.path)
        return models.filter(StoredFiles.holds)
    }
}
