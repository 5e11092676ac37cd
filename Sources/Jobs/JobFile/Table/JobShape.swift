// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// How one kind of value is read from a job file, written back, and told in the JSON Schema.
///
/// The tables of `JobFile` are made of these, so that parser, printer and schema cannot disagree.
struct JobShape<Value: Sendable>: Sendable {
    /// What the schema says of the value.
    var schema: JSONValue
    /// Reads a node, or throws an error that names its place and what is expected.
    var read: @Sendable (JobNode) throws(JobError) -> Value
    /// The node that reads back as the value.
    var write: @Sendable (Value) -> JobNode

    init(
        schema: JSONValue, read: @escaping @Sendable (JobNode) throws(JobError) -> Value,
        write: @escaping @Sendable (Value) -> JobNode
    ) {
        (self.schema, self.read, self.write) = (schema, read, write)
    }

    /// A shape told by one sentence of what is expected, over a conversion that gives `nil` for anything else.
    init(
        _ expected: String, schema: JSONValue, parse: @escaping @Sendable (JobNode) -> Value?,
        write: @escaping @Sendable (Value) -> JobNode
    ) {
        self.init(
            schema: schema,
            read: { (node) throws(JobError) -> Value in
                guard let value = parse(node) else { throw node.unexpected(expected) }
                return value
            }, write: write)
    }

    /// The same shape of another type.
    func mapped<Other: Sendable>(
        _ to: @escaping @Sendable (Value) -> Other, _ from: @escaping @Sendable (Other) -> Value
    ) -> JobShape<Other> {
        let (read, write) = (read, write)
        return JobShape<Other>(
            schema: schema, read: { (node) throws(JobError) -> Other in to(try read(node)) },
            write: { write(from($0)) })
    }

    /// The shape, or a word in its place, which reads as `nil`; so does `null`.
    func or(_ word: String) -> JobShape<Value?> {
        let (read, write) = (read, write)
        return JobShape<Value?>(
            schema: ["anyOf": [["enum": [.string(word), .null]], schema]],
            read: { (node) throws(JobError) -> Value? in
                node.isNull || node.text == word ? nil : try read(node)
            }, write: { $0.map(write) ?? .plain(word) })
    }

    /// The shape, or `null`.
    var orNull: JobShape<Value?> {
        let (read, write) = (read, write)
        return JobShape<Value?>(
            schema: ["anyOf": [["type": "null"], schema]],
            read: { (node) throws(JobError) -> Value? in node.isNull ? nil : try read(node) },
            write: { $0.map(write) ?? JobNode(.null) })
    }

    /// A list of such values; `null` reads as an empty one.
    var list: JobShape<[Value]> {
        let (read, write) = (read, write)
        return JobShape<[Value]>(
            schema: ["type": ["array", "null"], "items": schema],
            read: { (node) throws(JobError) -> [Value] in
                if node.isNull { return [] }
                guard case .list(let elements) = node.content else { throw node.unexpected("a list") }
                var values: [Value] = []
                for element in elements { values.append(try read(element)) }
                return values
            }, write: { JobNode(.list($0.map(write))) })
    }

    /// A list of such values, or one value alone.
    var oneOrList: JobShape<[Value]> {
        let (read, several) = (read, list)
        return JobShape<[Value]>(
            schema: ["anyOf": [schema, several.schema]],
            read: { (node) throws(JobError) -> [Value] in
                switch node.content {
                case .list, .null: try several.read(node)
                default: [try read(node)]
                }
            }, write: several.write)
    }

    /// The shape with a check of its value.
    func checked(
        _ expected: String, _ isValid: @escaping @Sendable (Value) -> Bool, schema extra: [String: JSONValue] = [:]
    ) -> JobShape<Value> {
        let read = read
        var members = schema.objectValue ?? [:]
        members.merge(extra) { _, new in new }
        return JobShape(
            schema: .object(members),
            read: { (node) throws(JobError) -> Value in
                let value = try read(node)
                guard isValid(value) else { throw node.unexpected(expected) }
                return value
            }, write: write)
    }
}

extension JobNode {
    /// A scalar that stands without quotes.
    static func plain(_ text: String) -> JobNode { JobNode(.scalar(text, isQuoted: false)) }

    /// A scalar in quotes.
    static func quoted(_ text: String) -> JobNode { JobNode(.scalar(text, isQuoted: true)) }

    /// A mapping in the order given.
    static func map(_ entries: [(String, JobNode)]) -> JobNode {
        JobNode(.map(entries.map { Entry(key: $0.0, mark: Mark(origin: ""), value: $0.1) }))
    }
}
