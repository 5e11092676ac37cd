// SPDX-License-Identifier: Apache-2.0
import Yams

extension JobNode {
    /// Reads YAML, of which JSON is a part.
    ///
    /// - Parameter origin: the file's name, for error sentences.
    init(yaml: String, origin: String) throws(JobError) {
        guard !Self.nestsTooDeep(yaml) else {
            throw JobError(.usage, "\(origin): nested too deep, or with brackets left open")
        }
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                self.init(.map([]), mark: Mark(origin: origin))
                return
            }
            var budget = Self.maxNodes
            try self.init(node, origin: origin, path: "", depth: 0, budget: &budget)
        } catch let error as JobError {
            throw error
        } catch let error as YamlError {
            throw JobError(.usage, Self.sentence(error, origin: origin), underlying: error)
        } catch {
            throw JobError(.usage, "\(origin): not readable as YAML: \(error)", underlying: error)
        }
    }

    /// Nodes of a file once its aliases are written out, and how deep they nest.
    private static let (maxNodes, maxDepth) = (2_000_000, 64)

    private init(
        _ node: Yams.Node, origin: String, path: String, depth: Int, budget: inout Int
    ) throws(JobError) {
        budget -= 1
        guard budget > 0, depth < Self.maxDepth else {
            throw JobError(.usage, "\(origin): nested too deep, or aliases that unfold without end")
        }
        let mark = Mark(origin: origin, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            self.init(isNull ? .null : .scalar(scalar.string, isQuoted: !isPlain), mark: mark, path: path)
        case .sequence(let sequence):
            var elements: [JobNode] = []
            for (index, element) in sequence.enumerated() {
                elements.append(
                    try JobNode(
                        element, origin: origin, path: "\(path)[\(index)]", depth: depth + 1, budget: &budget))
            }
            self.init(.list(elements), mark: mark, path: path)
        case .mapping(let mapping):
            self.init(
                .map(try Self.entries(mapping, origin: origin, path: path, depth: depth, budget: &budget)), mark: mark,
                path: path)
        case .alias:
            throw JobError(.usage, "\(mark)an alias that leads nowhere")
        }
    }

    /// Whether the text could lead a recursive parser deeper than any job needs. Nesting comes from open brackets
    /// and from what stands ahead of a line's first word, so both are bounded; this runs before the parser, which
    /// has no bound of its own.
    private static func nestsTooDeep(_ yaml: String) -> Bool {
        var brackets = 0
        var lead = 0
        var isLeading = true
        for byte in yaml.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): (lead, isLeading) = (0, true)
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
                if isLeading { lead += 1 }
            default: isLeading = false
            }
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { brackets += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { brackets = max(0, brackets - 1) }
            if brackets > 100 || lead > 160 { return true }
        }
        return false
    }

    private static func entries(
        _ mapping: Yams.Node.Mapping, origin: String, path: String, depth: Int, budget: inout Int
    ) throws(JobError) -> [Entry] {
        var entries: [Entry] = []
        for (key, value) in mapping {
            let mark = Mark(origin: origin, line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
            guard case .scalar(let scalar) = key else {
                throw JobError(.usage, "\(mark)a key must be a word")
            }
            let name = scalar.string
            let child = try JobNode(
                value, origin: origin, path: path.isEmpty ? name : "\(path).\(name)", depth: depth + 1,
                budget: &budget)
            entries.append(Entry(key: name, mark: mark, value: child))
        }
        return entries
    }

    private static func sentence(_ error: YamlError, origin: String) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(origin):\(mark.line):\(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "\(origin):\(context.mark.line):\(context.mark.column): the same key twice: "
                + keys.joined(separator: ", ")
        default: "\(origin): not readable as YAML: \(error)"
        }
    }

    // MARK: Writing

    /// The node as YAML text.
    func yaml() -> String {
        // Serializing fails only on nodes that Yams cannot emit; plain mappings, lists and scalars always can.
        (try? Yams.serialize(node: yamlNode, width: -1, allowUnicode: true)) ?? ""
    }

    private var yamlNode: Yams.Node {
        switch content {
        case .null:
            return .scalar(.init("null", Tag(.null)))
        case .scalar(let text, let isQuoted):
            return isQuoted
                ? .scalar(.init(text, Tag(.str), .doubleQuoted)) : .scalar(.init(text, Tag(.implicit), .plain))
        case .list(let elements):
            let isFlat = elements.allSatisfy { $0.text != nil }
            return .sequence(.init(elements.map(\.yamlNode), Tag(.implicit), isFlat ? .flow : .block))
        case .map(let entries):
            return .mapping(
                .init(
                    entries.map { (Yams.Node.scalar(.init($0.key, Tag(.implicit), .plain)), $0.value.yamlNode) },
                    Tag(.implicit), .block))
        }
    }
}
