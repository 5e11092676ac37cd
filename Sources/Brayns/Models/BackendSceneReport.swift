// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// What Darkroom's own backend tells about its scene.
public struct BackendSceneReport: Codable, Hashable, Sendable {
    public var triangles: Int?
    /// The up axis of the models: `+y` and so on.
    public var up: Axis?
    public var warnings: [String]?
    /// Side files that the models name and that are not there.
    public var missingFiles: [String]?
    /// The files' own lights: `add-light` parameters with `type`.
    public var lights: [JSONValue]?

    enum CodingKeys: String, CodingKey {
        case triangles, up, warnings, lights
        case missingFiles = "missing_files"
    }

    /// The files' own lights, those of unknown kinds left out.
    public var sceneLights: [Light] {
        (lights ?? []).compactMap { light in
            light["type"]?.stringValue.flatMap { Light(braynsName: $0, parameters: light) }
        }
    }
}
