// SPDX-License-Identifier: Apache-2.0

/// Why the backend could not be started, or had to end.
public struct BraynsServerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// No failure: `--help` was asked for and `message` is the text to print.
        case help
        /// The command line says something that cannot be done.
        case usage
        /// The address cannot be listened on, a certificate cannot be read, a descriptor is not open.
        case environment
        /// A limit was reached that the command line had set.
        case limits
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }

    /// What a process ends with when it has passed one of its limits.
    public static let limitExitStatus: Int32 = 3

    /// What a process ends with for this error: as `braynsService`, 1 for all that keeps it from starting.
    public var exitStatus: Int32 {
        switch code {
        case .help: 0
        case .usage, .environment: 1
        case .limits: Self.limitExitStatus
        }
    }
}
