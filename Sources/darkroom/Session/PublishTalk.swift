// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import JSONRPC

/// Tells how publishing goes: a line on a terminal, JSON lines elsewhere.
final class PublishTalk: Sendable {
    private let mode: ProgressMode
    private let status: StatusLine
    private let write: @Sendable (String) -> Void

    /// - Parameter mode: one that is resolved.
    init(_ mode: ProgressMode, write: @escaping @Sendable (String) -> Void = { StandardStreams.say($0) }) {
        (self.mode, self.write) = (mode, write)
        status = StatusLine(isActive: mode == .bar, write: write)
    }

    func receive(_ event: PublishEvent) {
        switch mode {
        case .bar:
            status.show { String(Self.text(event).prefix($0 - 1)) }
        case .json: write(JSONValue.object(Self.object(event)).serialized() + "\n")
        case .auto, .none: break
        }
    }

    /// Ends the line on the terminal, so that other texts can follow.
    func finish() { status.finish() }

    /// Says what a process said before it failed.
    func show(_ log: [String]) {
        status.finish()
        for line in log { write("darkroom: ffmpeg: \(line)\n") }
    }

    static func text(_ event: PublishEvent) -> String {
        switch event {
        case .uploaded(let done, let count): "uploaded \(done) of \(count) pictures"
        case .started(let id): "process \(id) was added"
        case .encoded(let done, let count): count.map { "frame \(done) of \($0)" } ?? "frame \(done)"
        case .note(let text): text
        }
    }

    static func object(_ event: PublishEvent) -> [String: JSONValue] {
        switch event {
        case .uploaded(let done, let count):
            ["event": "uploaded", "done": .int(Int64(done)), "of": .int(Int64(count))]
        case .started(let id): ["event": "process", "id": .string(id)]
        case .encoded(let done, let count):
            ["event": "encoded", "frame": .int(Int64(done)), "of": count.map { .int(Int64($0)) } ?? .null]
        case .note(let text): ["event": "note", "text": .string(text)]
        }
    }
}
