// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Raytracer
import Scene

/// `render-image` and `inspect`: they work on the shared camera, renderer and framebuffer.
struct ViewportMethods: Sendable {
    var context: ServerContext

    var all: [Method] {
        var render = Method(
            "render-image", "Draws the shared view and sends the picture", params: .renderImage,
            returns: .renderImageResult, handler: renderImage)
        render.endsWithClient = { _ in true }
        return [
            render,
            Method(
                "inspect", "Tells what is seen at a point of the picture",
                params: .record("Inspect", [.required("position", .vector2, "0 to 1 across the camera's region")]),
                returns: Self.inspection, handler: inspect),
        ]
    }

    private static let inspection = Shape.record(
        "InspectResult",
        [
            Property.required("hit", .bool, "Whether there is a model; if not, the rest means nothing").readOnly,
            Property.required("metadata", .any, "Facts about the part that was hit").readOnly,
            Property.required("model_id", .count, "The model's number").readOnly,
            Property.required("position", .vector3, "Where it was hit").readOnly,
        ])

    private func renderImage(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let parameters = call.parameters
        let sends = parameters[bool: "send"] ?? true
        let force = parameters[bool: "force"] ?? false
        guard sends || !force else { throw RPCFailure.invalidParams("Cannot force sending if send is disabled") }
        let format = try PictureEncoder.Format(name: parameters[text: "format"] ?? "jpg")
        let isNew = try draw(&state, call)
        let result: JSONValue = [
            "accumulation": .int(Int64(state.framebuffer.accumulation)),
            "max_accumulation": .int(Int64(state.renderer.samplesPerPixel)),
        ]
        guard sends, isNew || force, let picture = state.framebuffer.picture() else { return Answer(result) }
        let bytes = try PictureEncoder.encode(
            picture, as: format, quality: parameters[integer: "jpeg_quality"] ?? 100)
        return Answer(result, payload: bytes)
    }

    /// Draws as many frames as the request asks for and says whether there is anything new.
    private func draw(_ state: inout ServerState, _ call: Call) throws -> Bool {
        guard call.parameters[bool: "render"] ?? true else { return false }
        try state.viewport.check(limit: context.options.limits.pixels)
        try CameraState.check(state.camera.view)
        let scene = try state.drawnScene(context.assets)
        let key = FramebufferState.Key(
            scene: state.scene.revision, camera: state.camera, renderer: state.renderer, size: state.viewport,
            frame: state.simulation.current)
        var isNew = false
        let task = call.task
        repeat {
            let drew = try state.framebuffer.render(
                key, scene: scene, threads: context.options.threads, isCancelled: { task.isCancelled })
            isNew = isNew || drew
            if !drew { break }
        } while call.parameters[bool: "accumulate"] ?? false
        return isNew
    }

    private func inspect(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let scene = try state.drawnScene(context.assets)
        let position = call.parameters[vector2: "position"] ?? SIMD2(0.5, 0.5)
        let hit = scene.pick(state.camera.settings, aspect: state.viewport.aspect, position: position)
        var metadata: JSONValue = hit == nil ? .null : [:]
        if let hit, case .geometry(let geometry) = try state.scene.find(hit.modelID).model.content,
            let cell = geometry.cells?.id(ofPart: hit.primitive)
        {
            metadata = ["neuron_id": .int(Int64(cell))]
        }
        return Answer([
            "hit": .bool(hit != nil), "metadata": metadata,
            "model_id": .int(Int64(hit?.modelID ?? 0)), "position": .vector(hit?.position ?? .zero),
        ])
    }
}
