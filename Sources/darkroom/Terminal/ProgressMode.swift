// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// How a run tells how far it is, on standard error.
enum ProgressMode: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// A bar on a terminal, JSON lines elsewhere.
    case auto
    case bar
    case json
    case none

    /// The mode that `auto` stands for here.
    func resolved(isTerminal: Bool) -> ProgressMode {
        self == .auto ? (isTerminal ? .bar : .json) : self
    }
}
