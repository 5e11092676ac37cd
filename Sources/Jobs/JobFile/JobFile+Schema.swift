// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile {
    /// The JSON Schema (2020-12) of a job file, from the same tables that parse it.
    public static var jsonSchema: JSONValue {
        var members = JobShape<JobFile>.section.schema.objectValue ?? [:]
        members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        members["title"] = "Darkroom job file"
        return .object(members)
    }

    /// Where pictures go when a job has no outputs: below `base`, with what tells them apart.
    ///
    /// - Parameters:
    ///   - base: such as `out/{rel}` or `{rel}`.
    ///   - format: the extension, such as `png`.
    public func defaultTemplate(base: String = "out/{rel}", sizes: [PictureSize] = [], format: String = "png") -> String
    {
        var template = base
        if frames.turntable != nil || frames.simulation != nil || frames.path != nil {
            template += ".{frame:4}"
        } else if frames.views.count > 1 {
            template += ".{view}"
        }
        if sizes.count > 1 { template += ".{width}" }
        return "\(template).\(format)"
    }

    /// The outputs, or the one that stands in where the job names none.
    public var effectiveOutputs: [Output] {
        outputs.isEmpty
            ? [Output(path: defaultTemplate(base: scene.models.isEmpty ? "out/{rel}" : "out/{name}"))] : outputs
    }
}
