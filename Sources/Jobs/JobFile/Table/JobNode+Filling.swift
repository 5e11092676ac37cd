// SPDX-License-Identifier: Apache-2.0

extension JobNode {
    /// The node with every `${NAME}` of its scalars filled in; `$$` stands for `$`.
    func filled(from environment: [String: String]) throws(JobError) -> JobNode {
        var node = self
        switch content {
        case .null: break
        case .scalar(let text, let isQuoted):
            node.content = .scalar(try filled(text, from: environment), isQuoted: isQuoted)
        case .list(let elements):
            var list: [JobNode] = []
            for element in elements { list.append(try element.filled(from: environment)) }
            node.content = .list(list)
        case .map(let entries):
            var map: [Entry] = []
            for entry in entries {
                map.append(
                    Entry(key: entry.key, mark: entry.mark, value: try entry.value.filled(from: environment)))
            }
            node.content = .map(map)
        }
        return node
    }

    private func filled(_ text: String, from environment: [String: String]) throws(JobError) -> String {
        guard text.contains("$") else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            switch rest.first {
            case "$":
                result += "$"
                rest = rest.dropFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw error("${ without its } in \"\(text)\"") }
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                guard let value = environment[name] else {
                    throw error("the environment has no variable \(name); set it, or write $$ for a dollar sign")
                }
                result += value
                rest = rest[rest.index(after: end)...]
            default: result += "$"
            }
        }
        return result + rest
    }

    /// Replaces the value at a path: `run.jobs=4`, `outputs[1].size=[256,128]`, `frames.views[]=top` (appends).
    mutating func apply(override: String) throws(JobError) {
        let origin = "--set \(override)"
        guard let equals = override.firstIndex(of: "=") else {
            throw JobError(.usage, "\(origin): write path=value")
        }
        let steps = try Self.steps(String(override[..<equals]), origin: origin)
        let value = try JobNode(yaml: String(override[override.index(after: equals)...]), origin: origin)
        let isEmpty = if case .map(let entries) = value.content { entries.isEmpty } else { false }
        let text = String(override[override.index(after: equals)...])
        let replacement = isEmpty && text.allSatisfy(\.isWhitespace) ? JobNode(.null) : value
        try set(replacement.replaced(mark: Mark(origin: origin), path: ""), at: steps[...], origin: origin)
        self = replaced(path: path)
    }

    private enum Step {
        case key(String)
        case index(Int?)
    }

    private static func steps(_ path: String, origin: String) throws(JobError) -> [Step] {
        var steps: [Step] = []
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let name = pieces.first, !name.isEmpty else { throw JobError(.usage, "\(origin): an empty key") }
            steps.append(.key(String(name)))
            for piece in pieces.dropFirst() {
                let digits = piece.dropLast()
                let index = Int(digits)
                guard piece.last == "]", digits.isEmpty || (index ?? -1) >= 0 else {
                    throw JobError(.usage, "\(origin): an index is written [0], and [] appends")
                }
                steps.append(.index(index))
            }
        }
        return steps
    }

    private mutating func set(_ value: JobNode, at steps: ArraySlice<Step>, origin: String) throws(JobError) {
        guard let step = steps.first else {
            self = value
            return
        }
        let rest = steps.dropFirst()
        switch (step, content) {
        case (.key(let key), .map(var entries)):
            let mark = Mark(origin: origin)
            let place = entries.firstIndex { $0.key == key } ?? entries.count
            if place == entries.count { entries.append(Entry(key: key, mark: mark, value: JobNode(.null, mark: mark))) }
            try entries[place].value.set(value, at: rest, origin: origin)
            content = .map(entries)
        case (.key, _):
            content = .map([])
            mark = Mark(origin: origin)
            try set(value, at: steps, origin: origin)
        case (.index(let index), .list(var elements)):
            let place = index ?? elements.count
            guard place <= elements.count else {
                throw JobError(.usage, "\(origin): there is no element \(place); the list has \(elements.count)")
            }
            if place == elements.count { elements.append(JobNode(.null, mark: Mark(origin: origin))) }
            try elements[place].set(value, at: rest, origin: origin)
            content = .list(elements)
        case (.index, .null):
            content = .list([])
            try set(value, at: steps, origin: origin)
        case (.index, _): throw JobError(.usage, "\(origin): \(path.isEmpty ? "the job" : path) is no list")
        }
    }

    /// The node with its key paths told anew, and its marks where one is given.
    private func replaced(mark: Mark? = nil, path: String) -> JobNode {
        var node = self
        node.path = path
        node.mark = mark ?? node.mark
        switch content {
        case .list(let elements):
            node.content = .list(
                elements.enumerated().map { $0.element.replaced(mark: mark, path: "\(path)[\($0.offset)]") })
        case .map(let entries):
            node.content = .map(
                entries.map { entry in
                    Entry(
                        key: entry.key, mark: mark ?? entry.mark,
                        value: entry.value.replaced(
                            mark: mark, path: path.isEmpty ? entry.key : "\(path).\(entry.key)"))
                })
        default: break
        }
        return node
    }
}
