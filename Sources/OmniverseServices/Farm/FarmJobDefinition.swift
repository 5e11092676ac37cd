// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// How a stock Farm agent runs a program for the tasks of one type, as a "base" job.
///
/// The agent starts `command` with `arguments` and one entry for each of the task's own arguments, which have to be among
/// `allowed`: it applies no defaults, searches no path, uses no shell and hands on no environment but `HOME` and what is
/// named here.
public struct FarmJobDefinition: Sendable, Hashable {
    /// What becomes of one of a task's arguments.
    public enum Argument: Sendable, Hashable {
        /// `--flag=value`.
        case flag(String)
        /// The value alone, at a place among the task's arguments.
        case place(Int)
    }

    /// The type of the tasks; at most 32 characters, none an underscore.
    public var name: String
    /// The program, with its whole path.
    public var command: String
    public var arguments: [String] = []
    /// The arguments that a task may have.
    public var allowed: [String: Argument] = [:]
    public var environment: [String: String] = [:]

    public init(name: String, command: String) { (self.name, self.command) = (name, command) }

    /// The definition as a file for the agent's folder of job definitions.
    public var toml: String {
        var lines = [
            "[job.\(name)]", "job_type = \"base\"", "name = \(Self.quoted(name))",
            "command = \(Self.quoted(command))", "args = [\(arguments.map(Self.quoted).joined(separator: ", "))]",
            "success_return_codes = [0]", "log_to_stdout = true", "", "[job.\(name).allowed_args]",
        ]
        for (key, argument) in allowed.sorted(by: { $0.key < $1.key }) {
            switch argument {
            case .flag(let flag): lines.append("\(key) = { arg = \(Self.quoted(flag)), separator = \"=\" }")
            case .place(let place): lines.append("\(key) = { arg = \"\(place)\" }")
            }
        }
        if !environment.isEmpty { lines += ["", "[job.\(name).env]"] }
        lines += environment.sorted { $0.key < $1.key }.map { "\($0.key) = \(Self.quoted($0.value))" }
        return lines.joined(separator: "\n")
    }

    /// The definition as the queue's `/jobs/save` takes it.
    public var json: JSONValue {
        let allowed = allowed.mapValues { argument -> JSONValue in
            switch argument {
            case .flag(let flag): ["arg": .string(flag), "separator": "="]
            case .place(let place): ["arg": .string(String(place))]
            }
        }
        return [
            "name": .string(name), "job_type": "base", "command": .string(command),
            "args": .array(arguments.map { .string($0) }), "task_function": "",
            "env": .object(environment.mapValues { .string($0) }), "log_to_stdout": true, "extension_paths": [],
            "allowed_args": .object(allowed), "job_spec_path": .null, "headless": true, "active": true,
            "unresolved_command_path": .null, "success_return_codes": [0], "capacity_requirements": [:],
            "working_directory": .null, "container": "",
        ]
    }

    /// A text between quotes, as TOML has it.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
