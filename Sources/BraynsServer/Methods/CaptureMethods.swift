// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Raytracer

/// `snapshot`: one picture, the shared state left as it is.
struct CaptureMethods: Sendable {
    var context: ServerContext

    var all: [Method] {
        [
            Method(
                "snapshot", "Draws one picture and sends or writes it", params: .snapshot, returns: .colorBuffer,
                handler: snapshot
            ).asynchronous { $0["file_path"] == nil },
            Method(
                "export-gbuffers", "Draws float planes and sends or writes them as OpenEXR", params: .gBuffers,
                handler: exportGBuffers
            ).asynchronous { $0["file_path"] == nil },
        ]
    }

    private func snapshot(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let parameters = call.parameters
        let settings = parameters[object: "image_settings"] ?? Parameters([:])
        let request = try CaptureRequest(parameters, size: settings[size: "size"], state: &state, context: context)
        let scene = try state.drawnScene(context.assets)
        let path = parameters[text: "file_path"] ?? ""
        let operation = "Rendering snapshot ..."
        let formatName =
            path.isEmpty ? (settings[text: "format"] ?? "png").lowercased() : OutputFile.fileExtension(of: path)
        let format: PictureEncoder.Format
        do {
            format = try .init(name: formatName)
        } catch {
            // The real one renders before it looks; clients may wait for the word that comes first.
            call.task.report(operation, 0)
            throw error
        }
        let framebuffer = try request.draw(
            scene, channels: .colorOnly, operation: operation, task: call.task, threads: context.options.threads)
        let bytes = try PictureEncoder.encode(
            framebuffer.encoded8(), as: format, quality: settings[integer: "quality"] ?? 100,
            xmp: PictureMetadata(parameters[object: "metadata"])?.xmp)
        guard path.isEmpty else {
            try OutputFile(roots: context.options.roots).write(bytes, to: path)
            return Answer(Self.colorBuffer(0))
        }
        return Answer(Self.colorBuffer(bytes.count), payload: bytes)
    }

    private static func colorBuffer(_ size: Int) -> JSONValue {
        ["color_buffer": ["offset": 0, "size": .int(Int64(size))]]
    }

    private func exportGBuffers(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let parameters = call.parameters
        let request = try CaptureRequest(
            parameters, size: parameters[size: "resolution"], state: &state, context: context)
        let scene = try state.drawnScene(context.assets)
        let names = PlaneSet.unique((parameters[list: "channels"] ?? []).compactMap(\.stringValue))
        guard !names.isEmpty else {
            call.task.report("Exporting g-buffers ...", 0)
            throw RPCFailure.internalError("Error encoding EXR image: no channels are named")
        }
        let framebuffer = try request.draw(
            scene, channels: PlaneSet.channels(names), operation: "Exporting g-buffers ...", task: call.task,
            threads: context.options.threads)
        let bytes = try PlaneSet(framebuffer.planes(), names).exr()
        guard let path = parameters[text: "file_path"], !path.isEmpty else { return Answer(.null, payload: bytes) }
        let isEXR = OutputFile.fileExtension(of: path) == "exr"
        try OutputFile(roots: context.options.roots).write(bytes, to: isEXR ? path : path + ".exr")
        return .nothing
    }
}
