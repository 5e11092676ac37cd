// SPDX-License-Identifier: Apache-2.0

/// Why a model could not be read.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    /// The kinds of trouble a model file can be.
    public enum Code: String, Sendable, Hashable {
        /// There is no such file.
        case notFound
        /// The file is there and cannot be read.
        case unreadable
        /// Not a format that is read here.
        case unsupportedFormat
        /// The format is read, but this file needs a feature that is not.
        case unsupportedFeature
        /// The contents do not make sense.
        case corrupt
        /// Larger than a limit that the caller can lift.
        case limits
        /// The file, or a side file, lies outside the folders that may be read.
        case outsideRoots
        /// The file is well and holds nothing that could be drawn.
        case empty
        /// A side file is missing, and missing files are not tolerated.
        case missingFile
    }

    public var code: Code
    /// One sentence: the file, what is wrong, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
