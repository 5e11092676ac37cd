// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The last line of a terminal, redrawn in place, with messages scrolling above it.
///
/// A line is written over the one before in a single write and only when it changed, at most ten times a
/// second, so that nothing flickers.
final class StatusLine: Sendable {
    private struct State {
        var shown = ""
        var lastDraw = ContinuousClock.now - .seconds(1)
    }

    private let state = Mutex(State())
    private let isActive: Bool
    private let write: @Sendable (String) -> Void
    private let columns: @Sendable () -> Int

    /// - Parameter isActive: without it only messages are written.
    init(
        isActive: Bool, columns: @escaping @Sendable () -> Int = { StandardStreams.errorColumns },
        write: @escaping @Sendable (String) -> Void = { StandardStreams.say($0) }
    ) {
        (self.isActive, self.columns, self.write) = (isActive, columns, write)
    }

    /// Shows the line that `text` makes for the terminal's width; skipped when the last drawing was just now.
    func show(isFinal: Bool = false, _ text: (Int) -> String) {
        guard isActive else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            guard isFinal || now - state.lastDraw >= .milliseconds(100) else { return }
            let line = text(columns())
            guard line != state.shown else { return }
            write("\r" + line + "\u{1B}[K")
            (state.shown, state.lastDraw) = (line, now)
        }
    }

    /// Writes a message on a line of its own, above the status.
    func message(_ text: String) {
        state.withLock { state in
            let clear = state.shown.isEmpty ? "" : "\r\u{1B}[K"
            write(clear + text + "\n" + state.shown)
        }
    }

    /// Leaves the last drawing where it is and ends the line.
    func finish() {
        state.withLock { state in
            if !state.shown.isEmpty { write("\n") }
            state.shown = ""
        }
    }
}
