// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization

/// A ledger that lies in a store: its files are brought here before a run, and put back while it goes on and at its end.
///
/// Objects cannot grow, so a ledger is put whole; what a run that is killed has not put yet, the next one finds by the
/// pictures' own fingerprints. Where another run has written the same shard's ledger meanwhile, the lines of both are
/// kept.
final class StoredLedger: Sendable {
    private struct Known {
        /// How the object stood when it was brought or put; `nil` before there is one.
        var object: ObjectState?
        /// The local file as it stood then.
        var file: FileSystem.Status?
        /// Bytes of the local file that came from the store.
        var origin = 0
        /// What stands in the place of those bytes, once somebody else has written the object.
        var foreign: [UInt8]?
    }

    let address: String
    let folder: String
    private let files = Mutex<[String: Known]>([:])
    private static let tries = 5

    /// - Parameters:
    ///   - address: of the folder in the store, with a slash at its end.
    ///   - folder: where its files lie on this machine.
    init(address: String, folder: String) { (self.address, self.folder) = (address, folder) }

    /// Brings every shard's ledger here.
    func bring(_ stored: StoredFiles) async throws {
        try await stored.list(address)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for path in stored.objects(below: address) {
            let name = String(path.dropFirst(address.count))
            guard name.hasPrefix("shard-"), !name.contains("/") else { continue }
            try await stored.fetch(path, to: "\(folder)/\(name)")
            let status = FileSystem.status("\(folder)/\(name)")
            let known = Known(object: stored.known(path), file: status, origin: status?.size ?? 0)
            files.withLock { $0[name] = known }
        }
    }

    /// Puts the files back that are others than before, and takes away those that are gone.
    func save(_ stored: StoredFiles) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("shard-") }.sorted()
        for name in names {
            let status = FileSystem.status("\(folder)/\(name)")
            let known = files.withLock { $0[name] } ?? Known()
            guard let status, status.size > 0, status != known.file else { continue }
            if name.hasSuffix(".jsonl") {
                try await save(name, known, status, stored)
            } else if files.withLock({ $0.values.allSatisfy { $0.foreign == nil } }) {
                // An index of another ledger is made anew by whoever reads it.
                try await stored.put(file: "\(folder)/\(name)", to: address + name)
                files.withLock { $0[name] = Known(object: stored.known(address + name), file: status) }
            }
        }
        let gone = files.withLock { $0.keys.filter { !names.contains($0) } }
        for name in gone {
            try await stored.delete(address + name)
            files.withLock { $0[name] = nil }
        }
    }

    private func save(
        _ name: String, _ before: Known, _ status: FileSystem.Status, _ stored: StoredFiles
    ) async throws {
        let (store, object) = try stored.place(address + name)
        let local = try read(name)
        var known = before
        // A file that was written anew, and not gone on with, has nothing of what came from the store in front.
        let origin = status.number == before.file?.number ? before.origin : 0
        for attempt in 1...Self.tries {
            let own = known.foreign.map { $0 + local.dropFirst(origin) } ?? local
            var options = PutOptions(contentType: StoredFiles.contentType(of: name))
            options.condition = known.object.map { .ifUnchanged(version: $0.version) } ?? .ifNew
            do {
                known.object = try await store.put(own, as: object, options)
                known.file = status
                files.withLock { [known] in $0[name] = known }
                return
            } catch let error as StoreError where error.code == .conflict && attempt < Self.tries {
                known.object = try await store.look(at: object)
                guard let now = known.object else { continue }
                known.foreign = try await store.head(of: object, count: Int(max(1, now.length)))
            }
        }
    }

    private func read(_ name: String) throws(StoreError) -> [UInt8] {
        do throws(FileError) {
            return try FileSystem.read("\(folder)/\(name)")
        } catch {
            throw StoreError(.file, "\(error.message).", underlying: error)
        }
    }
}
