// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Jobs

/// Where keys, tokens and SAS come from: files or the environment.
enum SecretSource {
    /// The secret of a file, or else of an environment variable.
    static func read(_ file: String?, _ variable: String) throws -> Secret {
        guard let secret = try find(file, variable) else {
            throw CommandFailure(.usage, "\(variable) is not set, and no file was named instead.")
        }
        return secret
    }

    /// The same, or `nil` where neither is there.
    static func find(_ file: String?, _ variable: String) throws -> Secret? {
        var text = ProcessInfo.processInfo.environment[variable] ?? ""
        if let file { text = String(decoding: try FileReading.bytes(of: file), as: UTF8.self) }
        text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let file, text.isEmpty { throw CommandFailure(.input, "\(file) is empty.") }
        return text.isEmpty ? nil : Secret(text)
    }
}
