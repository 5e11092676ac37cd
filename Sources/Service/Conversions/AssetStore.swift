// SPDX-License-Identifier: Apache-2.0

/// Where a container's assets lie, and how its output is put there.
protocol AssetStore: Sendable {
    /// Looks whether the container can be read at all, briefly, while a client waits.
    ///
    /// - Throws: `StorageProblem`.
    func checkReadable() async throws

    /// Brings everything below a prefix to a folder of this machine.
    ///
    /// - Returns: the folder that stands for the prefix; may be the store's own.
    /// - Throws: `StorageProblem`.
    func fetch(prefix: String, into scratch: String) async throws -> String

    /// Puts a file of this machine into the container, whole or not at all.
    func put(file: String, as name: String, contentType: String) async throws
}

/// Why storage could not be read or written.
struct StorageProblem: Error, Sendable {
    /// One sentence, without signatures.
    var message: String
}
