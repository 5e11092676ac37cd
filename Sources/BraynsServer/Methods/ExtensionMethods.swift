// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Raytracer
import Scene

/// What this backend has beyond a real Brayns; `registry` announces it.
struct ExtensionMethods: Sendable {
    var context: ServerContext

    var all: [Method] {
        [
            Method(
                "render-planes", "Draws linear float planes of one picture", params: Self.planesParams,
                returns: Self.planesResult, handler: renderPlanes
            ).asynchronous { _ in true }.plugin("Darkroom"),
            Method("get-scene-report", "Tells what the loaded files hold besides shapes", returns: Self.report) {
                state, _ in
                Answer(Self.report(on: state.scene))
            }.plugin("Darkroom"),
            Method(
                "get-outermost-points", "Tells which points of the scene lie furthest out", params: Self.directions,
                returns: .list(.vector3), handler: outermostPoints
            ).plugin("Darkroom"),
        ]
    }

    private static let planesParams = Shape.record(
        "RenderPlanes",
        Shape.captureProperties + [
            .optional("channels", .list(.choice(PlaneSet.names)), "Planes to send", default: ["color"]),
            .optional(
                "guide_samples", .integer(min: 1, max: FrameRenderTask.mostGuideSamples),
                "Samples of the fine planes, the colour's among them", default: 16),
            .optional("resolution", .size, "Width and height in pixels; the viewport's when left out"),
        ])

    private static let planesResult = Shape.record(
        "Planes",
        [
            .required("width", .count, "Columns"), .required("height", .count, "Rows"),
            .required(
                "channels",
                .list(
                    .record(
                        "Plane",
                        [
                            .required("name", .string, "Which plane"),
                            .required("components", .count, "Floats a pixel"),
                            .required("offset", .count, "First byte in the message's data"),
                            .required("size", .count, "Bytes: little-endian floats, rows from the top"),
                        ])), "The planes, in the order asked for"),
        ])

    private static let directions = Shape.record(
        "Directions",
        [.required("directions", .list(.vector3, max: 4096), "Directions of any length, in scene units")])

    /// One point a direction, or none at all for a scene without shapes.
    private func outermostPoints(_ state: inout ServerState, _ call: Call) throws -> Answer {
        var points: [JSONValue] = []
        for direction in call.parameters[list: "directions"] ?? [] {
            let parts = (direction.arrayValue ?? []).compactMap(\.doubleValue)
            guard parts.count == 3,
                let point = state.scene.outermostPoint(along: Vector3(parts[0], parts[1], parts[2]))
            else { return Answer(.array([])) }
            points.append(.vector(point))
        }
        return Answer(.array(points))
    }

    private static let report = Shape.record(
        "SceneReport",
        [
            .required("triangles", .count, "Triangles of all placed models"),
            .optional("up", .string, "The up axis of the file loaded first, such as +y"),
            .required("warnings", .list(.string), "What was left out or put right"),
            .required("missing_files", .list(.string), "Side files that are not there"),
            .required("lights", .list(.any), "The files' own lights, as params of add-light-TYPE with their type"),
        ])

    private func renderPlanes(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let parameters = call.parameters
        let request = try CaptureRequest(
            parameters, size: parameters[size: "resolution"], state: &state, context: context)
        let scene = try state.drawnScene(context.assets)
        let asked = PlaneSet.unique((parameters[list: "channels"] ?? ["color"]).compactMap(\.stringValue))
        let framebuffer = try request.draw(
            scene, channels: PlaneSet.channels(asked), guideSamples: parameters[integer: "guide_samples"],
            operation: "Rendering planes ...", task: call.task, threads: context.options.threads)
        let (layout, bytes) = PlaneSet(framebuffer.planes(), asked).raw()
        return Answer(layout, payload: bytes)
    }

    private static func report(on scene: SceneState) -> JSONValue {
        var triangles = 0
        for instance in scene.instances { triangles += scene.models[instance.model]?.report.triangles ?? 0 }
        let reports = scene.models.sorted { $0.key < $1.key }.map(\.value.report)
        var members: [String: JSONValue] = [
            "triangles": .int(Int64(triangles)),
            "warnings": .array(reports.flatMap(\.warnings).map { .string($0) }),
            "missing_files": .array(reports.flatMap(\.missingFiles).map { .string($0) }),
            "lights": .array(reports.flatMap(\.lights).map(\.json)),
        ]
        members["up"] = reports.compactMap(\.up).first.map { .string($0.rawValue) }
        return .object(members)
    }
}

extension Light {
    /// The light as the params of its method, with the method's last word as `type`.
    var json: JSONValue {
        switch self {
        case .ambient(let color, let intensity):
            ["type": "ambient", "color": .vector(color), "intensity": .single(intensity)]
        case .directional(let direction, let color, let intensity):
            [
                "type": "directional", "direction": .vector(direction), "color": .vector(color),
                "intensity": .single(intensity),
            ]
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            [
                "type": "quad", "position": .vector(position), "edge1": .vector(edge1), "edge2": .vector(edge2),
                "color": .vector(color), "intensity": .single(intensity),
            ]
        case .sphere(let position, let radius, let color, let intensity):
            [
                "type": "sphere", "position": .vector(position), "radius": .single(radius), "color": .vector(color),
                "intensity": .single(intensity),
            ]
        }
    }
}
