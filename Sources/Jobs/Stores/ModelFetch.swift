// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores

/// A scene's models on this machine.
struct StagedModel: Sendable {
    /// Where each object's file lies, by the model's address.
    var paths: [String: String] = [:]
    /// The folders that stand for stores, with the stores' addresses.
    var roots: [(folder: String, address: String)] = []
    /// Bytes of all that came.
    var bytes = 0

    /// A path to read: the object's file, or the path itself.
    func local(_ path: String) -> String { paths[path] ?? path }

    /// A renderer's words with the places that people know.
    func plain(_ text: String) -> String {
        roots.reduce(text) { $0.replacing($1.folder + "/", with: $1.address + "/") }
    }
}

/// Brings the models of a scene here with the files that they name, and nothing else of their stores.
///
/// Below the folder all lies as in the store, so that what models name is where they look for it.
struct ModelFetch {
    let plan: JobPlan
    let stored: StoredFiles
    let scene: PlannedScene
    let folder: String

    /// Models name libraries, which name pictures: deeper it does not go.
    private static let depth = 3

    func run() async -> Result<StagedModel, ItemFailure> {
        do {
            var staged = StagedModel()
            _ = try stored.makeScratch()
            for model in plan.storedModels(of: scene) { try await bring(model, &staged) }
            return .success(staged)
        } catch let failure as ItemFailure {
            return .failure(failure)
        } catch let error as StoreError {
            return .failure(ItemFailure(error, stage: "fetch"))
        } catch {
            return .failure(.interrupted)
        }
    }

    private func bring(_ model: String, _ staged: inout StagedModel) async throws {
        guard let length = try await stored.look(model)?.length else {
            throw ItemFailure(stage: "fetch", blame: .input, "\(model): no such object")
        }
        try count(Int(length), of: model, &staged)
        let (store, name) = try stored.place(model)
        let root = "\(folder)/\(staged.roots.count)"
        staged.roots.append((root, store.address))
        let path = try ObjectName.path(of: name, in: root)
        try await stored.fetch(model, to: path)
        staged.paths[model] = path
        var asked: Set<String> = [name]
        for _ in 0..<Self.depth {
            let wanted = SideFiles.names(of: path).compactMap { ObjectName.beside(name, $0) }
                .filter { asked.insert($0).inserted }
            if wanted.isEmpty { return }
            for side in try await present(wanted, in: store.address) {
                try count(Int(side.length), of: model, &staged)
            }
            try await fetch(wanted, from: store.address, to: root)
        }
    }

    /// Those of some names that there are, with their lengths.
    private func present(_ names: [String], in address: String) async throws -> [ObjectState] {
        try await withThrowingTaskGroup(of: ObjectState?.self) { group in
            for name in names { group.addTask { try await stored.look("\(address)/\(name)") } }
            return try await group.reduce(into: []) { found, object in if let object { found.append(object) } }
        }
    }

    private func fetch(_ names: [String], from address: String, to root: String) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var begun = 0
            for name in names where stored.known("\(address)/\(name)") != nil {
                // A name that no file can have is missing here, as renderers will say.
                guard let path = try? ObjectName.path(of: name, in: root) else { continue }
                if begun >= stored.options.atOnce { try await group.next() }
                begun += 1
                group.addTask { try await stored.fetch("\(address)/\(name)", to: path) }
            }
            try await group.waitForAll()
        }
    }

    private func count(_ bytes: Int, of model: String, _ staged: inout StagedModel) throws(ItemFailure) {
        staged.bytes += bytes
        guard staged.bytes <= plan.file.run.limits.bytes else {
            throw ItemFailure(
                .skippedByLimit, stage: "fetch", blame: .limits,
                "\(model): \(staged.bytes) bytes with its side files, over the limit of \(Quantity.text(bytes: plan.file.run.limits.bytes)); --max-bytes lifts it"
            )
        }
    }
}
