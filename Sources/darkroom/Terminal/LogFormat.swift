// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// How a command talks on standard error.
enum LogFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Lines for people.
    case text
    /// One JSON object a line.
    case json
}
