// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The methods about the backend itself.
struct CoreMethods: Sendable {
    var context: ServerContext

    /// `registry` and `schema` tell of `others` and of themselves.
    func all(besides others: [Method]) -> [Method] {
        let context = context
        let plain = [
            Method("get-version", "Tells the version of Brayns that is spoken", returns: Self.version) { _, _ in
                Answer(["major": 3, "minor": 10, "patch": 1, "revision": "darkroom"])
            },
            Method("quit", "Ends the backend") { _, _ in
                context.quit()
                return .nothing
            },
            // Never run from the table: it must not wait for the request it cancels.
            Method("cancel", "Cancels a request that is queued or running", params: Self.cancelParams) { _, _ in
                .nothing
            },
        ]
        var registry = Method("registry", "Tells the names of all methods", returns: .list(.string)) { _, _ in
            .nothing
        }
        var schema = Method(
            "schema", "Tells what a method takes and gives",
            params: .record("SchemaParams", [.required("endpoint", .string, "The method's name")]),
            returns: Self.schemaResult
        ) { _, _ in .nothing }
        let everything = others + plain + [registry, schema]
        let names = everything.map(\.name).sorted()
        let descriptions = Dictionary(everything.map { ($0.name, $0.description) }) { _, last in last }
        registry.handler = { _, _ in Answer(.array(names.map { .string($0) })) }
        schema.handler = { _, call in
            let name = call.parameters[text: "endpoint"] ?? ""
            guard let description = descriptions[name] else { throw RPCFailure.methodNotFound(name) }
            return Answer(description)
        }
        return plain + [registry, schema]
    }

    private static let version = Shape.record(
        "Version",
        [
            Property.required("major", .integer(), "First number").readOnly,
            Property.required("minor", .integer(), "Second number").readOnly,
            Property.required("patch", .integer(), "Third number").readOnly,
            Property.required("revision", .string, "What exactly was built").readOnly,
        ])

    private static let cancelParams = Shape.record(
        "CancelParams",
        [.required("id", .oneOf("RequestId", [.null, .integer(), .string]), "The request's id")])

    private static let schemaResult = Shape.record(
        "SchemaResult",
        [
            Property.required("async", .bool, "Whether it sends progress and can be cancelled").readOnly,
            Property.required("deprecated", .bool, "Whether it will go").readOnly,
            Property.required("description", .string, "What it does").readOnly,
            Property.optional("params", .schema, "What it takes").readOnly,
            Property.required("plugin", .string, "Where it comes from").readOnly,
            Property.optional("returns", .schema, "What it gives").readOnly,
            Property.required("title", .string, "Its name").readOnly,
        ])
}
