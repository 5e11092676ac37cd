// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension RendererSettings {
    /// The renderer's name in the protocol.
    public var braynsName: String { kind.rawValue }

    /// The renderer's parameters as `set-renderer-NAME` takes them.
    public var braynsParameters: JSONValue {
        var members: [String: JSONValue] = [
            "samples_per_pixel": .int(Int64(samplesPerPixel)),
            "max_ray_bounces": .int(Int64(maxRayBounces)),
            "background_color": .array((0..<4).map { .double(background[$0]) }),
        ]
        if kind == .interactive {
            members["enable_shadows"] = .bool(shadows)
            members["ao_samples"] = .int(Int64(ambientOcclusionSamples))
        }
        return .object(members)
    }
}
