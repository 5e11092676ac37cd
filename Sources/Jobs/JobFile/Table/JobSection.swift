// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// One key of a section: its name, what it means, how it is read and written.
struct JobKey<Owner: Sendable>: Sendable {
    var name: String
    /// One sentence for the schema and the documentation.
    var help: String
    var schema: JSONValue
    var read: @Sendable (inout Owner, JobNode) throws(JobError) -> Void
    /// The node to print; `nil` leaves the key out.
    var write: @Sendable (Owner) -> JobNode?

    /// A key that holds a property of the section.
    init<Value: Sendable>(
        _ name: String, _ property: any WritableKeyPath<Owner, Value> & Sendable, _ shape: JobShape<Value>,
        _ help: String
    ) {
        (self.name, self.help, schema) = (name, help, shape.schema)
        read = { (owner, node) throws(JobError) in owner[keyPath: property] = try shape.read(node) }
        write = { shape.write($0[keyPath: property]) }
    }

    /// A key that may be absent, and is not printed then.
    init<Value: Sendable>(
        optional name: String, _ property: any WritableKeyPath<Owner, Value?> & Sendable, _ shape: JobShape<Value>,
        _ help: String
    ) {
        let nullable = shape.orNull
        (self.name, self.help, schema) = (name, help, nullable.schema)
        read = { (owner, node) throws(JobError) in owner[keyPath: property] = try nullable.read(node) }
        write = { $0[keyPath: property].map(shape.write) }
    }
}

/// A mapping of a job file: a value whose every key is told by a table and has a default.
protocol JobSection: Sendable {
    /// The section where nothing was written.
    init()
    /// The keys, in the order they are printed.
    static var keys: [JobKey<Self>] { get }
    /// What no single key can check: keys that exclude each other, keys that must be there.
    func check(at node: JobNode) throws(JobError)
}

extension JobSection {
    func check(at node: JobNode) throws(JobError) {}
}

extension JobShape where Value: JobSection {
    /// The section as a mapping; nothing written gives the defaults.
    static var section: JobShape {
        let keys = Value.keys
        let schema: JSONValue = [
            "type": ["object", "null"], "additionalProperties": false,
            "properties": .object(
                Dictionary(keys.map { ($0.name, $0.described) }) { first, _ in first }),
        ]
        return JobShape(
            schema: schema,
            read: { (node) throws(JobError) -> Value in
                var section = Value()
                switch node.content {
                case .null: break
                case .map(let entries):
                    for entry in entries {
                        guard let key = keys.first(where: { $0.name == entry.key }) else {
                            throw unknown(entry, in: node, among: keys.map(\.name))
                        }
                        try key.read(&section, entry.value)
                    }
                default: throw node.unexpected("a mapping with the keys \(keys.map(\.name).joined(separator: ", "))")
                }
                try section.check(at: node)
                return section
            },
            write: { section in
                .map(keys.compactMap { key in key.write(section).map { (key.name, $0) } })
            })
    }

    private static func unknown(_ entry: JobNode.Entry, in node: JobNode, among names: [String]) -> JobError {
        let path = node.path.isEmpty ? entry.key : "\(node.path).\(entry.key)"
        let nearest = EditDistance.nearest(to: entry.key, among: names)
        let advice = nearest.map { "did you mean \($0)?" } ?? "the keys here are \(names.joined(separator: ", "))"
        return JobError(.usage, "\(entry.mark)unknown key \(path); \(advice)")
    }
}

extension JobKey {
    /// The schema with the key's sentence.
    var described: JSONValue {
        var members = schema.objectValue ?? [:]
        members["description"] = .string(help)
        return .object(members)
    }
}
