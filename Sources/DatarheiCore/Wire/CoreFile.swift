// SPDX-License-Identifier: Apache-2.0

/// A file system of a Core.
public struct CoreFileSystem: Codable, Sendable, Hashable {
    /// As paths of the API name it: `disk`, `mem`, or that of an S3 mount.
    public var name: String
    public var type: String
    /// Where it can be read outside the API: `/`, `/memfs`.
    public var mount: String
}

/// A file of a Core.
public struct CoreFile: Codable, Sendable, Hashable {
    /// With a leading slash.
    public var name: String
    public var sizeBytes: Int?
    /// Seconds since 1970.
    public var lastModified: Int?
    /// The Core that holds it, in a cluster.
    public var coreId: String?
}

/// Which files to list or delete; `nil` sets no condition.
public struct CoreFileQuery: Sendable, Hashable {
    /// What lists are sorted by.
    public enum Order: String, Sendable, CaseIterable {
        case name
        case size
        case lastModified = "lastmod"
    }

    /// A pattern from the leading slash on: `*` stays within a folder, `**` does not.
    public var glob: String?
    /// Bytes.
    public var sizeMin: Int?
    public var sizeMax: Int?
    /// Seconds since 1970.
    public var modifiedFrom: Int?
    public var modifiedTo: Int?
    public var sortedBy: Order?
    public var isDescending = false

    public init(glob: String? = nil, sortedBy: Order? = nil) { (self.glob, self.sortedBy) = (glob, sortedBy) }

    var items: [(String, String?)] {
        [
            ("glob", glob), ("size_min", sizeMin.map(String.init)), ("size_max", sizeMax.map(String.init)),
            ("lastmod_start", modifiedFrom.map(String.init)), ("lastmod_end", modifiedTo.map(String.init)),
            ("sort", sortedBy?.rawValue),
            ("order", sortedBy == nil && !isDescending ? nil : isDescending ? "desc" : "asc"),
        ]
    }
}

/// What to do with a file between two file systems.
public enum CoreFileOperation: String, Codable, Sendable {
    case copy, move
}
