// SPDX-License-Identifier: Apache-2.0
import Jobs

/// A command's end that is not success: what to say, and who is to blame.
struct CommandFailure: Error, CustomStringConvertible {
    var code: Jobs.ExitCode
    /// One sentence, or empty when everything has been said already.
    var message: String

    init(_ code: Jobs.ExitCode, _ message: String) { (self.code, self.message) = (code, message) }

    var description: String { message }
}
