// SPDX-License-Identifier: Apache-2.0
import Yams

/// A piece of a job file that knows where it stands.
struct JobNode: Sendable {
    /// A place in a job file, for error sentences.
    struct Mark: Sendable, Hashable {
        /// The file's name, or the override that brought the value.
        var origin: String
        /// Counted from 1; 0 when the origin has no lines.
        var line = 0
        var column = 0
    }

    /// One key of a mapping and its value.
    struct Entry: Sendable {
        var key: String
        var mark: Mark
        var value: JobNode
    }

    /// What a node holds. Scalars stay text until a key's table says what they mean.
    enum Content: Sendable {
        case null
        case scalar(String, isQuoted: Bool)
        case list([JobNode])
        case map([Entry])
    }

    var content: Content
    var mark: Mark
    /// The keys that lead here: `run.timeouts.load`, `outputs[1].size`.
    var path = ""

    init(_ content: Content, mark: Mark = Mark(origin: ""), path: String = "") {
        (self.content, self.mark, self.path) = (content, mark, path)
    }

    /// The text of a scalar, or `nil`.
    var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    var isNull: Bool {
        guard case .null = content else { return false }
        return true
    }

    /// The value of a key, or `nil` when this is no mapping or lacks it.
    subscript(key: String) -> JobNode? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// What a reader would call the content.
    var kind: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text, _): "\"\(text)\""
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    /// An error at this node: place, key path, what is expected, what is there.
    func unexpected(_ expected: String) -> JobError {
        error("expected \(expected), found \(kind)")
    }

    /// An error at this node.
    func error(_ message: String) -> JobError {
        JobError(.usage, "\(mark)\(path.isEmpty ? "" : "\(path): ")\(message)")
    }
}

extension JobNode.Mark: CustomStringConvertible {
    /// `job.yaml:12:5: `, ready to stand before a sentence.
    var description: String {
        if line == 0 { return origin.isEmpty ? "" : "\(origin): " }
        return "\(origin):\(line):\(column): "
    }
}
