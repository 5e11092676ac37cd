// SPDX-License-Identifier: Apache-2.0

/// Why pictures did not become a film on a Core that took all calls.
public struct PublishError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The pictures or what is wanted of them cannot be.
        case badFrames
        case badSettings
        /// The process's name is taken.
        case taken
        /// ffmpeg ended with an error, or without a film.
        case failed
        /// Nothing came of it in the time allowed.
        case timedOut
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    /// The last lines that ffmpeg said, without passwords.
    public var log: [String]

    public init(_ code: Code, _ message: String, log: [String] = []) {
        (self.code, self.message, self.log) = (code, message, log)
    }

    public var description: String { message }

    /// A line of a Core's log without the passwords that stand in its addresses.
    static func shown(_ line: String) -> String { line.replacing(/:\/\/[^\/@\s]+@/, with: "://") }
}
