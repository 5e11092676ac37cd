// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// All methods that are served, by name.
struct MethodTable: Sendable {
    private struct Entry: Sendable {
        var method: Method
        var schema: JSONSchema?
    }

    private let entries: [String: Entry]

    init(context: ServerContext) {
        var methods = ModelMethods.all + CameraMethods.all + RendererMethods.all + LightMethods.all
        methods += MaterialMethods.all + ClippingMethods.all
        methods += GeometryMethods(assets: context.assets).all + ColorMethods(assets: context.assets).all
        methods += ApplicationMethods(context: context).all + LoadMethods(context: context).all
        methods += CaptureMethods(context: context).all + ViewportMethods(context: context).all
        methods += ExtensionMethods(context: context).all
        if context.hasCylindricCamera { methods += CameraMethods.cylindricMethods }
        if context.options.plugins.contains("braynsCircuitExplorer") {
            methods += CircuitMethods(assets: context.assets).all
        }
        if context.options.plugins.contains("braynsAtlasExplorer") {
            methods += AtlasMethods(assets: context.assets).all
        }
        methods += CoreMethods(context: context).all(besides: methods)
        entries = Dictionary(
            methods.map { ($0.name, Entry(method: $0, schema: $0.params.map { JSONSchema($0.jsonSchema) })) }
        ) { _, last in last }
    }

    var names: [String] { entries.keys.sorted() }

    /// The method of a name, `nil` when it is not served.
    subscript(name: String) -> Method? { entries[name]?.method }

    /// The method of a request, its params checked.
    func method(for request: RPCRequest) throws(RPCFailure) -> Method {
        guard let entry = entries[request.method] else { throw .methodNotFound(request.method) }
        guard let schema = entry.schema else {
            guard request.params == nil || request.params == .null else {
                throw .invalidParams("This method takes no params")
            }
            return entry.method
        }
        let breaches = schema.validate(request.params)
        guard breaches.isEmpty else { throw .invalidParams("Invalid params schema", breaches) }
        return entry.method
    }
}
