// SPDX-License-Identifier: Apache-2.0

/// How a command ends, by who has to act. The numbers follow `sysexits.h` where it has a fitting one.
public enum ExitCode: Int32, Sendable, CaseIterable {
    /// Everything asked for is there.
    case success = 0
    /// Some items failed, the others are done.
    case partial = 1
    /// The command line or the job file cannot be understood.
    case usage = 64
    /// The models or other inputs are missing or broken.
    case input = 65
    /// The backend or a store cannot be reached, or answers with errors.
    case remote = 69
    /// A fault of this program.
    case bug = 70
    /// This machine: no permission, no space, a program or library that is absent.
    case environment = 71
    /// Stopped before the end: run it again to go on.
    case interrupted = 75
    /// Everything was over a limit that can be lifted.
    case limits = 77

    /// One sentence, for `--help` and documentation.
    public var meaning: String {
        switch self {
        case .success: "everything asked for is there"
        case .partial: "some items failed, the others are done"
        case .usage: "the command line or the job file cannot be understood"
        case .input: "the models or other inputs are missing or broken"
        case .remote: "the backend or a store cannot be reached, or answers with errors"
        case .bug: "a fault of this program"
        case .environment: "this machine: no permission, no space, a program or library that is absent"
        case .interrupted: "stopped before the end; run it again to go on"
        case .limits: "everything was over a limit that can be lifted"
        }
    }

    /// The table of all codes, one a line.
    public static var table: String {
        allCases.map { code in
            let number = String(code.rawValue)
            return "  \(String(repeating: " ", count: 2 - number.count))\(number)  \(code.meaning)"
        }.joined(separator: "\n")
    }

    /// The code of a job that cannot be carried out as a whole.
    public init(_ error: JobError) {
        switch error.code {
        case .usage: self = .usage
        case .input: self = .input
        case .limits: self = .limits
        case .remote: self = .remote
        case .environment: self = .environment
        default: self = .bug
        }
    }
}
