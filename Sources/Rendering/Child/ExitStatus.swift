// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How a process ended.
struct ExitStatus: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case exited(code: Int32)
        case signalled(Int32)
    }

    var kind: Kind

    /// Reads what `waitpid` tells.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        kind = signal == 0 ? .exited(code: (waitStatus >> 8) & 0xff) : .signalled(signal)
    }

    init(_ kind: Kind) { self.kind = kind }

    /// "ended with code 3" or "was ended by SIGSEGV".
    var description: String {
        switch kind {
        case .exited(let code): "ended with code \(code)"
        case .signalled(let signal): "was ended by \(Self.name(of: signal))"
        }
    }

    /// The usual name of a signal.
    static func name(of signal: Int32) -> String {
        let names: [Int32: String] = [
            SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP", SIGILL: "SIGILL",
            SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGPIPE: "SIGPIPE", SIGQUIT: "SIGQUIT", SIGSEGV: "SIGSEGV",
            SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
        ]
        return names[signal] ?? "signal \(signal)"
    }
}
