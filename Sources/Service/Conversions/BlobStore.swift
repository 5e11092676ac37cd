// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPService

/// A container of Blob storage, reached by the SAS that came with a request.
struct BlobStore: AssetStore {
    /// How much of a container one conversion may bring here.
    struct Limits: Sendable {
        var blobs = 100_000
        /// Bytes of all blobs together.
        var bytes: Int64 = 64 << 30
        /// Blobs on their way at once.
        var atOnce = 4
    }

    /// Bytes of a part of a name; file systems take 255, and files on their way have longer ones.
    private static let longestName = 200

    let container: BlobContainer
    /// The same container, asked once and briefly, while a client waits.
    let probe: BlobContainer
    var limits = Limits()

    func checkReadable() async throws {
        do {
            for try await _ in probe.list(pageLength: 1) { return }
        } catch let error as ServiceError {
            // Storage that does not answer now may do so when the conversion's turn comes.
            guard let status = error.status, (400..<429).contains(status) else { return }
            throw Self.problem(error)
        }
    }

    func fetch(prefix: String, into scratch: String) async throws -> String {
        let start = Self.slashed(prefix)
        do {
            let names = try await names(below: start)
            guard !names.isEmpty else {
                throw StorageProblem(message: "There is nothing below \"\(prefix)\" in the input container.")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, name) in names.enumerated() {
                    if index >= limits.atOnce { try await group.next() }
                    let place = try FolderStore.path(of: String(name.dropFirst(start.count)), in: scratch)
                    group.addTask { try await bring(name, to: URL(fileURLWithPath: place)) }
                }
                try await group.waitForAll()
            }
        } catch let error as ServiceError {
            throw Self.problem(error)
        }
        return scratch
    }

    func put(file: String, as name: String, contentType: String) async throws {
        do {
            try await container.put(
                name, file: URL(fileURLWithPath: file), options: UploadOptions(contentType: contentType))
        } catch let error as ServiceError {
            throw Self.problem(error)
        }
    }

    private func names(below start: String) async throws -> [String] {
        var (names, bytes) = ([String](), Int64(0))
        // Some tools mark folders by empty blobs whose names end in a slash.
        for try await blob in container.list(prefix: start) where !blob.name.hasSuffix("/") {
            names.append(blob.name)
            bytes += blob.length
            guard names.count <= limits.blobs, bytes <= limits.bytes else {
                throw StorageProblem(
                    message: "Below \"\(start)\" in the input container lie more than \(limits.blobs) blobs or "
                        + "\(limits.bytes >> 20) MiB; name a narrower blobPrefix.")
            }
        }
        return names
    }

    private func bring(_ name: String, to place: URL) async throws {
        guard name.split(separator: "/").allSatisfy({ $0.utf8.count <= Self.longestName }) else {
            throw StorageProblem(message: "\"\(name)\" has a part of more than \(Self.longestName) bytes.")
        }
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            // Most often a part of its path is another blob's name, which a file system cannot have.
            throw StorageProblem(message: "\"\(name)\" cannot be stored beside the other blobs.")
        }
        try await container.download(name, to: place)
    }

    private static func slashed(_ prefix: String) -> String {
        prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    }

    /// What clients may know: storage's own words; faults of this machine's disk are not theirs.
    private static func problem(_ error: ServiceError) -> any Error {
        error.code == .file ? error : StorageProblem(message: error.message)
    }
}
