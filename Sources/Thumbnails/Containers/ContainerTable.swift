// SPDX-License-Identifier: Apache-2.0
import Stores

/// The containers that may be read and written, by address.
///
/// A service names containers in its answers, and must not be able to send credentials to one of its choice: only those
/// listed here are ever asked.
public struct ContainerTable: Sendable {
    /// What a container is asked for; each may need a grant of its own.
    public struct Access: Sendable {
        /// Reads assets.
        public var input: any ObjectStore
        /// Reads and writes beside converted assets.
        public var output: any ObjectStore

        public init(input: any ObjectStore, output: any ObjectStore) {
            (self.input, self.output) = (input, output)
        }
    }

    private var entries: [String: Access] = [:]

    public init() {}

    /// Adds a container under its address.
    public mutating func add(_ address: String, _ access: Access) { entries[Self.key(address)] = access }

    func access(_ address: String) throws(ContainerProblem) -> Access {
        if let access = entries[Self.key(address)] { return access }
        throw ContainerProblem(
            message: "The container \(address.prefix(200)) is not among those named; add it with --container.")
    }

    private static func key(_ address: String) -> String {
        var text = Substring(address.lowercased())
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
