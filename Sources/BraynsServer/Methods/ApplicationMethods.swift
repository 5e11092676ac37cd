// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The methods of viewport, framebuffer and simulation time.
struct ApplicationMethods: Sendable {
    var context: ServerContext

    var all: [Method] {
        let context = context
        return [
            Method("get-application-parameters", "Tells plugins and viewport", returns: Self.application) { state, _ in
                Answer([
                    "plugins": .array(context.options.plugins.map { .string($0) }),
                    "viewport": [.int(Int64(state.viewport.width)), .int(Int64(state.viewport.height))],
                ])
            },
            Method("set-application-parameters", "Sets the viewport", params: Self.application) { state, call in
                state.viewport = call.parameters[size: "viewport"] ?? state.viewport
                return .nothing
            },
            Method("set-framebuffer-static", "Draws every frame whole") { state, _ in
                state.framebuffer.kind = .whole
                return .nothing
            },
            Method(
                "set-framebuffer-progressive", "Draws the first frame after a change smaller",
                params: .record(
                    "Progressive",
                    [.optional("scale", .integer(min: 1), "How many times smaller", default: 4)])
            ) { state, call in
                state.framebuffer.kind = .progressive(scale: call.parameters[integer: "scale"] ?? 4)
                return .nothing
            },
            Method("get-simulation-parameters", "Tells frames and time of the simulation", returns: Self.simulation) {
                state, _ in
                Answer(state.simulation.json)
            },
            Method("set-simulation-parameters", "Goes to a frame of the simulation", params: Self.simulation) {
                state, call in
                try state.simulation.setFrame(call.parameters[integer: "current"] ?? state.simulation.current)
                return .nothing
            },
            Method(
                "enable-simulation", "Lets a model follow the simulation, or not",
                params: .record(
                    "EnableSimulation",
                    [
                        .required("enabled", .bool, "Whether it does"),
                        .required("model_id", .count, "The model's number"),
                    ])
            ) { state, call in
                try state.scene.change(call.parameters[integer: "model_id"] ?? 0) { model in
                    guard case .geometry(var geometry) = model.content, geometry.simulation != nil else {
                        throw RPCFailure.general("This model has no simulation")
                    }
                    geometry.simulation?.isEnabled = call.parameters[bool: "enabled"] ?? true
                    geometry.simulation?.shown = nil
                    model.content = .geometry(geometry)
                }
                return .nothing
            },
        ]
    }

    private static let application = Shape.record(
        "ApplicationParameters",
        [
            Property.required("plugins", .list(.string), "Plugins that were asked for at the start").readOnly,
            .optional("viewport", .size, "Width and height that render-image draws"),
        ])

    private static let simulation = Shape.record(
        "SimulationParameters",
        [
            .optional("current", .count, "Frame that is shown"),
            Property.required("dt", .number(), "Time from frame to frame").readOnly,
            Property.required("end_frame", .count, "Last frame").readOnly,
            Property.required("start_frame", .count, "First frame").readOnly,
            Property.required("unit", .string, "Unit of the time").readOnly,
        ])
}

extension SimulationState {
    fileprivate var json: JSONValue {
        [
            "current": .int(Int64(current)), "dt": .plain(dt), "end_frame": .int(Int64(endFrame)),
            "start_frame": .int(Int64(startFrame)), "unit": .string(unit),
        ]
    }
}
