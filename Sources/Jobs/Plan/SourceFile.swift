// SPDX-License-Identifier: Apache-2.0

/// A model file found or named.
public struct SourceFile: Hashable, Sendable {
    /// The path to open.
    public var path: String
    /// The path relative to the sources' root, free of `..`; what `{rel}` is filled with.
    public var rel: String
    /// Whether it was named one by one, not found in a folder.
    public var isNamed: Bool

    public init(path: String, rel: String, isNamed: Bool = false) {
        (self.path, self.rel, self.isNamed) = (path, rel, isNamed)
    }
}

/// An input that cannot become an item, and why.
public struct RejectedSource: Hashable, Sendable {
    public var name: String
    public var cause: String

    public init(name: String, cause: String) { (self.name, self.cause) = (name, cause) }
}
