// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores

/// Where sheets and films are made of pictures that lie in stores: brings those here, and sends what was made.
struct ExtrasDesk {
    let stored: StoredFiles?

    /// Whether an object is in place that was put with a fingerprint.
    func isInPlace(_ path: String, _ key: Fingerprint) async throws(JobError) -> Bool {
        guard let stored, StoredFiles.holds(path) else { return false }
        return try await asking { try await stored.fingerprint(of: path) } == key
    }

    /// The bytes of a file or object; 0 where there is none.
    func length(of path: String) async throws(JobError) -> Int64 {
        guard let stored, StoredFiles.holds(path) else { return Int64(FileSystem.status(path)?.size ?? 0) }
        return try await asking { try await stored.look(path, anew: true) }?.length ?? 0
    }

    /// Where pictures of stores lie here, by their addresses; one that cannot be brought is left out.
    func local(_ pictures: [String]) async throws(JobError) -> [String: String] {
        let wanted = Array(Set(pictures.filter(StoredFiles.holds))).sorted()
        guard let stored, !wanted.isEmpty else { return [:] }
        let folder = try await asking { try stored.makeScratch() } + "/pictures"
        let places = Dictionary(
            uniqueKeysWithValues: wanted.enumerated().map { index, path in
                (path, "\(folder)/\(index).\(PathName.fileExtension(path))")
            })
        return try await asking {
            try await stored.each(wanted) { path in
                guard let file = places[path] else { return }
                do {
                    try await stored.fetch(path, to: file)
                } catch let error as StoreError where error.code == .noObject {
                    // Its cell stays empty, as that of a file which is gone.
                    return
                }
            }
            return places
        }
    }

    /// Where something is made that goes to a path.
    func place(of path: String) throws(JobError) -> String {
        guard let stored, StoredFiles.holds(path) else { return path }
        do throws(StoreError) {
            return "\(try stored.makeScratch())/\(PathName.last(path))"
        } catch {
            throw JobError(error)
        }
    }

    /// Sends what was made.
    ///
    /// - Parameters:
    ///   - files: written beside `place`, with names that begin as its does.
    ///   - path: where the first of them goes.
    ///   - key: what the objects are known by later.
    /// - Returns: where all of them are.
    func send(
        _ files: [String], for path: String, from place: String, _ key: Fingerprint?
    ) async throws(JobError) -> [String] {
        guard let stored, StoredFiles.holds(path) else { return files }
        return try await asking {
            var sent: [String] = []
            for file in files {
                let target = PathName.join(PathName.folder(path), PathName.last(file))
                try await stored.put(file: file, to: target, fingerprint: key)
                try? FileManager.default.removeItem(atPath: file)
                sent.append(target)
            }
            return sent
        }
    }

    private func asking<Value: Sendable>(_ work: () async throws -> Value) async throws(JobError) -> Value {
        do {
            return try await work()
        } catch let error as StoreError {
            throw JobError(error)
        } catch {
            throw JobError(.remote, "stopped before stores had answered", underlying: error)
        }
    }
}
