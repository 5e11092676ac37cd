// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Raytracer
import Scene

/// Camera, renderer and size of one picture: the shared state, but for what the request says.
struct CaptureRequest: Sendable {
    var camera: CameraState
    var renderer: RendererSettings
    var size: PictureSize

    /// Reads the capture part of a request; the simulation's frame is set for good, as a real Brayns does.
    init(
        _ parameters: Parameters, size: PictureSize?, state: inout ServerState, context: ServerContext
    ) throws(RPCFailure) {
        self.size = size ?? state.viewport
        try state.simulation.setFrame(parameters[integer: "simulation_frame"] ?? state.simulation.current)
        renderer = try Self.renderer(parameters[object: "renderer"], current: state.renderer)
        try self.size.check(limit: context.options.limits.pixels)
        camera = state.camera
        if let object = parameters[object: "camera"] {
            camera.projection = try Self.projection(object, current: camera.projection, context: context)
        }
        camera.view = parameters[view: "camera_view"] ?? camera.view
        camera.nearClip = parameters[number: "camera_near_clip"] ?? camera.nearClip
        camera.regionStart = parameters[vector2: "image_start"] ?? camera.regionStart
        camera.regionEnd = parameters[vector2: "image_end"] ?? camera.regionEnd
        try CameraState.check(camera.view)
        try CameraState.checkNearClip(camera.nearClip)
        try CameraState.checkRegion(camera.regionStart, camera.regionEnd)
    }

    private static func renderer(
        _ object: Parameters?, current: RendererSettings
    ) throws(RPCFailure) -> RendererSettings {
        guard let object, let name = object[text: "name"], !name.isEmpty else { return current }
        guard let kind = RendererSettings.Kind(rawValue: name) else {
            throw .internalError("Unknown type name \(name)")
        }
        let shape = kind == .interactive ? RendererMethods.interactive : RendererMethods.production
        let fallback: RendererSettings = kind == .interactive ? .interactiveDefault : .productionDefault
        return RendererSettings(kind: kind, parameters: try checked(object, shape), current: fallback)
    }

    private static func projection(
        _ object: Parameters, current: Projection, context: ServerContext
    ) throws(RPCFailure) -> Projection {
        guard let name = object[text: "name"], !name.isEmpty else { return current }
        let shape: Shape
        switch name {
        case "perspective": shape = CameraMethods.perspective
        case "orthographic": shape = CameraMethods.orthographic
        case "cylindric" where context.hasCylindricCamera: shape = CameraMethods.cylindric
        default: throw .internalError("Unknown type name \(name)")
        }
        let projection = try Projection(name: name, parameters: try checked(object, shape), current: .perspective())
        try CameraState.check(projection)
        return projection
    }

    private static func checked(_ object: Parameters, _ shape: Shape) throws(RPCFailure) -> Parameters {
        let params = object["params"] ?? [:]
        let breaches = JSONSchema(shape.jsonSchema).validate(params)
        guard breaches.isEmpty else {
            throw RPCFailure(code: -32603, message: "Invalid engine JSON schema", data: breaches)
        }
        return Parameters(params)
    }
}

extension CaptureRequest {
    /// Draws the picture, telling the client how far it is.
    func draw(
        _ scene: RenderScene, channels: FrameChannels, guideSamples: Int? = nil, operation: String, task: ServerTask,
        threads: Int?
    ) throws -> Framebuffer {
        task.report(operation, 0)
        try task.check()
        let framebuffer = Framebuffer(width: size.width, height: size.height, channels: channels)
        var frame = FrameRenderTask(scene: scene, camera: camera.settings, settings: renderer, threads: threads)
        frame.guideSamples = guideSamples ?? frame.guideSamples
        try frame.render(into: framebuffer, isCancelled: { task.isCancelled }) { done in
            task.reportSometimes(operation, done)
        }
        try task.check()
        return framebuffer
    }
}
