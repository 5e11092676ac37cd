// SPDX-License-Identifier: Apache-2.0
import Jobs

/// A container that conversions read from or write to: Blob storage, or a folder that stands for one.
public protocol ConversionContainer: Sendable {
    /// The container's address, without anything secret.
    var address: String { get }

    /// How a blob stands; `nil` when there is none of that name.
    func look(at name: String) async throws -> BlobState?

    /// The names of all blobs below a prefix, which ends in a slash or is empty.
    func names(below prefix: String) async throws -> [String]

    /// The first bytes of a blob, at most so many; `nil` when there is none of that name.
    func head(of name: String, count: Int) async throws -> [UInt8]?

    /// Brings a blob into a file, whole or not at all; folders on the way are there already.
    func fetch(_ name: String, to file: String) async throws

    /// Puts a PNG in its place, whole or not at all.
    func put(picture bytes: [UInt8], as name: String) async throws
}

/// A blob without its bytes.
public struct BlobState: Sendable, Hashable {
    /// Another text after every write.
    public var version: String
    /// Bytes.
    public var length: Int64

    public init(version: String, length: Int64) { (self.version, self.length) = (version, length) }
}

/// Why one conversion gets no thumbnail.
struct ContainerProblem: Error {
    /// One sentence: what, where, what to do.
    var message: String
    var blame = Blame.input
}
