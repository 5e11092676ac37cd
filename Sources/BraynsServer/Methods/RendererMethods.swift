// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The methods of the renderer that all clients share.
enum RendererMethods {
    static let all: [Method] =
        [
            Method("get-renderer-type", "Tells which renderer is in use", returns: .string) { state, _ in
                Answer(.string(state.renderer.kind.rawValue))
            }
        ] + kind(.interactive, interactive) + kind(.production, production)

    private static func kind(_ kind: RendererSettings.Kind, _ shape: Shape) -> [Method] {
        [
            Method("get-renderer-\(kind)", "Tells the \(kind) renderer in use", returns: shape) { state, _ in
                guard state.renderer.kind == kind else {
                    throw RPCFailure.invalidRequest(
                        "The renderer is not \(kind) but \(state.renderer.kind); ask get-renderer-type first")
                }
                return Answer(state.renderer.json)
            },
            Method("set-renderer-\(kind)", "Takes the \(kind) renderer", params: shape) { state, call in
                state.renderer = RendererSettings(
                    kind: kind, parameters: call.parameters, current: state.renderer)
                return .nothing
            },
        ]
    }

    private static let background = Property.optional(
        "background_color", .vector4, "Linear red, green, blue and alpha behind everything")
    private static let bounces = Property.optional("max_ray_bounces", .count, "Bounces after the first hit")
    private static let samples = Property.optional(
        "samples_per_pixel", .integer(min: 1), "Samples a pixel of one frame")

    static let interactive = Shape.record(
        "Interactive",
        [
            .optional("ao_samples", .count, "Rays a sample for ambient occlusion"), background,
            .optional("enable_shadows", .bool, "Whether lights cast shadows"), bounces, samples,
        ])

    static let production = Shape.record("Production", [background, bounces, samples])
}

extension RendererSettings {
    /// Settings as requests write them; what is left out comes from the renderer in use when it is of the same kind,
    /// else from the kind's defaults.
    init(kind: Kind, parameters: Parameters, current: RendererSettings) {
        let fallback: RendererSettings = kind == .interactive ? .interactiveDefault : .productionDefault
        self = current.kind == kind ? current : fallback
        samplesPerPixel = parameters[integer: "samples_per_pixel"] ?? samplesPerPixel
        maxRayBounces = parameters[integer: "max_ray_bounces"] ?? maxRayBounces
        background = parameters[vector4: "background_color"] ?? background
        ambientOcclusionSamples = parameters[integer: "ao_samples"] ?? ambientOcclusionSamples
        shadows = parameters[bool: "enable_shadows"] ?? shadows
    }

    /// The parameters as the protocol writes them.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "background_color": .vector(background), "max_ray_bounces": .int(Int64(maxRayBounces)),
            "samples_per_pixel": .int(Int64(samplesPerPixel)),
        ]
        if kind == .interactive {
            members["ao_samples"] = .int(Int64(ambientOcclusionSamples))
            members["enable_shadows"] = .bool(shadows)
        }
        return .object(members)
    }
}
