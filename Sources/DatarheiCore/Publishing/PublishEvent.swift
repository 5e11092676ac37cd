// SPDX-License-Identifier: Apache-2.0

/// How publishing goes, as it goes.
public enum PublishEvent: Sendable, Hashable {
    /// Pictures that are on the Core, and how many there will be.
    case uploaded(Int, of: Int)
    /// The process was added.
    case started(id: String)
    /// Frames that are in the film, and how many there will be; `nil` for a stream, which has no end.
    case encoded(Int, of: Int?)
    /// Something worth a line.
    case note(String)
}

/// A film that is on a Core.
public struct PublishedFilm: Sendable, Hashable {
    /// Where players find it.
    public var address: String
    /// Bytes of a film with an end.
    public var size: Int?
    /// The process that made it, or makes it.
    public var process: String

    public init(address: String, size: Int? = nil, process: String) {
        (self.address, self.size, self.process) = (address, size, process)
    }
}
