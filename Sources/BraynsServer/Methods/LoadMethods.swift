// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The methods that load models.
struct LoadMethods: Sendable {
    var context: ServerContext
    private let loaders: LoaderTable

    init(context: ServerContext) {
        self.context = context
        loaders = LoaderTable(plugins: context.options.plugins)
    }

    var all: [Method] {
        let loaders = loaders
        return [
            Method("get-loaders", "Tells all loaders, with the file extensions they read", returns: .list(Self.loader))
            {
                _, _ in
                Answer(.array(loaders.loaders.map(\.json)))
            },
            // A file goes on loading when its client leaves: the model is for all.
            Method("add-model", "Loads a file", params: Self.addParams, returns: .models, handler: addModel)
                .asynchronous { _ in false },
            Method(
                "upload-model", "Loads a file that comes with the request", params: Self.uploadParams,
                returns: .models, handler: uploadModel
            ).asynchronous { _ in true },
        ]
    }

    private static let properties = Property.required("loader_properties", .any, "As get-loaders asks for them")
    private static let name = Property.required("loader_name", .string, "A loader, or empty to go by the extension")

    private static let addParams = Shape.record(
        "AddModel", [name, properties, .required("path", .string, "The file, as the backend names it")])

    private static let uploadParams = Shape.record(
        "UploadModel", [name, properties, .required("type", .string, "The file's extension")])

    private static let loader = Shape.record(
        "Loader",
        [
            Property.required("binary", .bool, "Whether it takes uploads").readOnly,
            Property.required("extensions", .list(.string), "File extensions it reads").readOnly,
            Property.required("input_parameters_schema", .schema, "What loader_properties look like").readOnly,
            Property.required("name", .string, "What it is called in requests").readOnly,
            Property.required("plugin", .string, "Where it comes from").readOnly,
        ])

    private func addModel(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let parameters = call.parameters
        let path = parameters[text: "path"] ?? ""
        guard !path.isEmpty else { throw RPCFailure.invalidParams("Missing model path") }
        return try load(&state, call, .file(path), OutputFile.fileExtension(of: path))
    }

    private func uploadModel(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let type = call.parameters[text: "type"] ?? ""
        guard !type.isEmpty else { throw RPCFailure.invalidParams("The type of the model is empty") }
        guard !call.payload.isEmpty else {
            throw RPCFailure.invalidParams("No model follows the request; send one binary message with both")
        }
        call.task.report("Model uploaded", 0.5)
        return try load(&state, call, .upload(call.payload, type: type), type.lowercased())
    }

    private func load(
        _ state: inout ServerState, _ call: Call, _ source: LoadInput.Source, _ fileExtension: String
    ) throws -> Answer {
        let name = call.parameters[text: "loader_name"] ?? ""
        let properties = call.parameters["loader_properties"] ?? .null
        let loader = try loaders.find(name: name, fileExtension: fileExtension, properties: properties)
        if case .upload = source, !loader.isBinary {
            throw RPCFailure.invalidParams("The loader \(loader.name) does not support binary data")
        }
        let models = try ModelImport(loader: loader, context: context)
            .load(source, properties: properties, requested: name, task: call.task)
        let ids = state.scene.add(models)
        state.scanSimulations()
        return Answer(.array(try ids.map { try state.scene.json($0) }))
    }
}
