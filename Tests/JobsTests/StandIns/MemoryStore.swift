// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization

@testable import Jobs

/// A store in memory that counts what it is asked, and fails where a test wants it.
final class MemoryStore: ObjectStore {
    struct State {
        var objects: [String: (bytes: [UInt8], metadata: [String: String], version: Int)] = [:]
        var versions = 0
        var asked: [String] = []
        /// Given what is asked (`put thumbs/a.png`): what goes wrong.
        var failure: @Sendable (String) -> StoreError? = { _ in nil }
        /// What another writer puts in an object's place just before it is put here, once.
        var intruders: [String: [UInt8]] = [:]
    }

    let address: String
    let state = Mutex(State())
    /// Objects of a list that come with one request.
    private let pageLength = 1000

    init(_ address: String = "s3://bucket") { self.address = address }

    /// Files of a job that know this store, whatever their addresses.
    func files(_ change: (inout StoredFiles.Options) -> Void = { _ in }) -> StoredFiles {
        var options = StoredFiles.Options()
        change(&options)
        return StoredFiles(options: options) { _ in self }
    }

    subscript(name: String) -> [UInt8]? {
        get { state.withLock { $0.objects[name]?.bytes } }
        set {
            state.withLock { state in
                state.versions += 1
                state.objects[name] = newValue.map { ($0, [:], state.versions) }
            }
        }
    }

    var names: Set<String> { Set(state.withLock { $0.objects.keys }) }

    /// What was asked so far, forgotten with the answer.
    func takeAsked() -> [String] {
        state.withLock { state in
            defer { state.asked = [] }
            return state.asked
        }
    }

    private func ask(_ what: String) throws {
        try Task.checkCancellation()
        let failure = state.withLock { state in
            state.asked.append(what)
            return state.failure(what)
        }
        if let failure { throw failure }
    }

    private func object(_ name: String) -> ObjectState? {
        state.withLock { state in
            state.objects[name].map {
                ObjectState(length: Int64($0.bytes.count), version: "v\($0.version)", metadata: $0.metadata)
            }
        }
    }

    func look(at name: String) async throws -> ObjectState? {
        try ask("look \(name)")
        return object(name)
    }

    func list(prefix: String) async throws -> [StoredObject] {
        let found = names.filter { $0.hasPrefix(prefix) }.sorted()
        for _ in stride(from: 0, to: max(1, found.count), by: pageLength) { try ask("list \(prefix)") }
        return found.map { name in
            // Lists of real stores tell no metadata.
            var state = object(name) ?? ObjectState(length: 0, version: "")
            state.metadata = [:]
            return StoredObject(name: name, state: state)
        }
    }

    func head(of name: String, count: Int) async throws -> [UInt8]? {
        try ask("head \(name)")
        return self[name].map { Array($0.prefix(count)) }
    }

    func fetch(_ name: String, to file: String) async throws -> ObjectState {
        try ask("fetch \(name)")
        guard let bytes = self[name], let state = object(name) else {
            throw StoreError(.noObject, "\(address)/\(name) is not there.")
        }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return state
    }

    func put(_ bytes: [UInt8], as name: String, _ options: PutOptions) async throws -> ObjectState {
        try ask("put \(name)")
        if let intruder = state.withLock({ $0.intruders.removeValue(forKey: name) }) { self[name] = intruder }
        let isTaken: Bool =
            switch options.condition {
            case .always: false
            case .ifNew: object(name) != nil
            case .ifUnchanged(let version): object(name)?.version != version
            }
        if isTaken { throw StoreError(.conflict, "\(address)/\(name) was written by somebody else.") }
        return state.withLock { state in
            state.versions += 1
            state.objects[name] = (bytes, options.metadata, state.versions)
            return ObjectState(length: Int64(bytes.count), version: "v\(state.versions)", metadata: options.metadata)
        }
    }

    func put(file: String, as name: String, _ options: PutOptions) async throws -> ObjectState {
        try await put([UInt8](Data(contentsOf: URL(fileURLWithPath: file))), as: name, options)
    }

    func delete(_ name: String) async throws {
        try ask("delete \(name)")
        state.withLock { $0.objects[name] = nil }
    }
}
