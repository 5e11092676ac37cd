// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The methods of the camera that all clients share.
enum CameraMethods {
    static let all: [Method] =
        [
            Method("get-camera-type", "Tells which kind of camera is in use", returns: .string) { state, _ in
                Answer(.string(state.camera.typeName))
            },
            Method("get-camera-view", "Tells where the camera stands", returns: .view) { state, _ in
                Answer(state.camera.view.json)
            },
            Method("set-camera-view", "Places the camera", params: .view) { state, call in
                let view = View(parameters: call.parameters) ?? state.camera.view
                try CameraState.check(view)
                state.camera.view = view
                return .nothing
            },
            Method("get-camera-near-clip", "Tells the distance below which nothing is drawn", returns: nearClip) {
                state, _ in
                Answer(["distance": .single(state.camera.nearClip)])
            },
            Method("set-camera-near-clip", "Sets the distance below which nothing is drawn", params: nearClip) {
                state, call in
                let distance = call.parameters[number: "distance"] ?? 0
                try CameraState.checkNearClip(distance)
                state.camera.nearClip = distance
                return .nothing
            },
            Method("get-camera-region", "Tells which part of the picture is drawn", returns: region) { state, _ in
                Answer(["image_start": .vector(state.camera.regionStart), "image_end": .vector(state.camera.regionEnd)])
            },
            Method("set-camera-region", "Sets which part of the picture is drawn", params: region) { state, call in
                let start = call.parameters[vector2: "image_start"] ?? state.camera.regionStart
                let end = call.parameters[vector2: "image_end"] ?? state.camera.regionEnd
                try CameraState.checkRegion(start, end)
                (state.camera.regionStart, state.camera.regionEnd) = (start, end)
                return .nothing
            },
        ] + projection("perspective", perspective) + projection("orthographic", orthographic)

    /// The methods that the plugin for cylindric cameras brings.
    static let cylindricMethods: [Method] = projection("cylindric", cylindric).map { $0.plugin("Cylindric Camera") }

    private static func projection(_ name: String, _ shape: Shape) -> [Method] {
        [
            Method("get-camera-\(name)", "Tells the \(name) camera in use", returns: shape) { state, _ in
                guard state.camera.typeName == name else {
                    throw RPCFailure.invalidRequest(
                        "The camera is not \(name) but \(state.camera.typeName); ask get-camera-type first")
                }
                return Answer(state.camera.projection.json)
            },
            Method("set-camera-\(name)", "Takes a camera with \(name) projection", params: shape) { state, call in
                let projection = try Projection(
                    name: name, parameters: call.parameters, current: state.camera.projection)
                try CameraState.check(projection)
                state.camera.projection = projection
                return .nothing
            },
        ]
    }

    private static let nearClip = Shape.record(
        "NearClip", [.required("distance", .number(), "In scene units along the ray")])

    private static let region = Shape.record(
        "Region",
        [
            .required("image_end", .vector2, "One corner, 0 to 1 from the lower left"),
            .required("image_start", .vector2, "The opposite corner"),
        ])

    static let perspective = Shape.record(
        "Perspective",
        [
            .optional("aperture_radius", .number(), "Radius of the lens in scene units"),
            .optional("focus_distance", .number(), "Distance that is sharp"),
            .optional("fovy", .number(), "Vertical field of view in degrees"),
        ])

    static let orthographic = Shape.record(
        "Orthographic", [.required("height", .number(), "Height of the picture in scene units")])

    static let cylindric = Shape.record(
        "Cylindric", [.optional("fovy", .number(), "Vertical field of view in degrees")])
}

extension Projection {
    /// A projection by its protocol name; what params leave out comes from the camera in use when it is of the same
    /// kind, else from the kind's defaults.
    init(name: String, parameters: Parameters, current: Projection) throws(RPCFailure) {
        switch name {
        case "perspective":
            var base = (fovy: 45.0, aperture: 0.0, focus: 1.0)
            if case .perspective(let fovy, let aperture, let focus) = current { base = (fovy, aperture, focus) }
            self = .perspective(
                fovy: parameters[number: "fovy"] ?? base.fovy,
                apertureRadius: parameters[number: "aperture_radius"] ?? base.aperture,
                focusDistance: parameters[number: "focus_distance"] ?? base.focus)
        case "orthographic": self = .orthographic(height: parameters[number: "height"] ?? 0)
        case "cylindric":
            var base = 45.0
            if case .cylindric(let fovy) = current { base = fovy }
            self = .cylindric(fovy: parameters[number: "fovy"] ?? base)
        default: throw .internalError("Unknown type name \(name)")
        }
    }

    /// The parameters as the protocol writes them.
    var json: JSONValue {
        switch self {
        case .perspective(let fovy, let apertureRadius, let focusDistance):
            [
                "fovy": .single(fovy), "aperture_radius": .single(apertureRadius),
                "focus_distance": .single(focusDistance),
            ]
        case .orthographic(let height): ["height": .single(height)]
        case .cylindric(let fovy): ["fovy": .single(fovy)]
        }
    }
}
