// SPDX-License-Identifier: Apache-2.0

/// Why a job cannot be read, planned or carried out as a whole.
public struct JobError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, and so who has to act.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public var description: String

        /// A job file, flag or override that cannot be understood.
        public static let usage = Code(description: "usage")
        /// A model, list or camera file that is missing or broken.
        public static let input = Code(description: "input")
        /// A limit that the user can lift.
        public static let limits = Code(description: "limits")
        /// The backend.
        public static let remote = Code(description: "remote")
        /// This machine: no permission, no space, a program that is absent.
        public static let environment = Code(description: "environment")
    }

    public var code: Code
    /// One sentence: file or host, what, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
