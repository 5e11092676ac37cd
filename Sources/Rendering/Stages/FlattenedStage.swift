// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Scene

/// A USD stage as one GLB file in metres with +Y up, and what that format has no words for.
struct FlattenedStage: Sendable {
    var glb: String
    var lights: [Light]
    var camera: StageCamera?
    var warnings: [String]
    /// Pictures that the stage names and that are not to be had.
    var missingFiles: [String]

    /// Reads the flattener's report.
    init?(glb: String, report: JSONValue) {
        func texts(_ key: String) -> [String] { report[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        guard let lights = report["lights"]?.arrayValue else { return nil }
        self.glb = glb
        self.lights = lights.compactMap { light in
            light["type"]?.stringValue.flatMap { Light(braynsName: $0, parameters: light) }
        }
        camera = report["camera"].flatMap { Self.camera($0) }
        (warnings, missingFiles) = (texts("warnings"), texts("missing_files"))
    }

    private static func camera(_ report: JSONValue) -> StageCamera? {
        func point(_ key: String) -> Vector3? {
            let parts = report[key]?.arrayValue?.compactMap(\.doubleValue) ?? []
            return parts.count == 3 ? Vector3(parts[0], parts[1], parts[2]) : nil
        }
        guard let position = point("position"), let target = point("target"), let up = point("up"),
            let aspect = report["aspect"]?.doubleValue
        else { return nil }
        let projection: Projection
        if let height = report["height"]?.doubleValue {
            projection = .orthographic(height: height)
        } else {
            guard let fovy = report["fovy"]?.doubleValue, fovy > 0, fovy < 180 else { return nil }
            projection = .perspective(fovy: fovy)
        }
        return StageCamera(
            view: View(position: position, target: target, up: up), projection: projection, aspect: aspect)
    }

    /// Moves lights and camera with a model that was given a place.
    mutating func place(by transform: Transform) {
        lights = lights.map { $0.placed(by: transform) }
        guard let view = camera?.view else { return }
        camera?.view = View(
            position: transform.apply(to: view.position), target: transform.apply(to: view.target),
            up: transform.rotation.normalized.rotate(view.up))
    }
}
