// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile {
    /// A step between the renderer's pixels and the outputs.
    public enum DevelopStep: Hashable, Sendable {
        /// Light times two to this power, before the tone map.
        case exposure(Double)
        /// Another tone map than the renderer's own.
        case toneMap(ToneMap)
        /// Edges against a transparent background without dark fringes, at the render's own size too.
        /// A resized or flattened picture has them anyway.
        case cleanEdges
        /// Less noise, of this strength: 1 takes what the renderer's variance says is noise, 0 nothing; at most 4.
        /// Wherever it stands, it comes first: to light that no other step has touched.
        case denoise(Double)

        /// Curves from light to picture.
        public enum ToneMap: String, Hashable, Sendable, CaseIterable {
            /// The renderer's own stays.
            case none
            /// The curve of Brayns.
            case brayns
            /// No curve: light is cut off at 1.
            case linear
            case filmic
            case reinhard
        }
    }
}

extension JobShape where Value == JobFile.DevelopStep {
    static let step = JobShape(
        "{exposure: STOPS}, {tone-map: \(JobFile.DevelopStep.ToneMap.allCases.map(\.rawValue).joined(separator: "|"))}, clean-edges, denoise or {denoise: STRENGTH}",
        schema: [
            "anyOf": [
                ["enum": ["clean-edges", "denoise"]],
                [
                    "type": "object", "additionalProperties": false, "maxProperties": 1, "minProperties": 1,
                    "properties": [
                        "denoise": JobShape<Double>.number(0...4).schema,
                        "exposure": JobShape<Double>.number(-20...20).schema,
                        "tone-map": JobShape<JobFile.DevelopStep.ToneMap>.word.schema,
                    ],
                ],
            ]
        ]
    ) { node in
        if node.text == "clean-edges" { return .cleanEdges }
        if node.text == "denoise" { return .denoise(1) }
        guard case .map(let entries) = node.content, entries.count == 1, let entry = entries.first,
            let text = entry.value.text
        else { return nil }
        switch entry.key {
        case "exposure":
            guard let stops = Double(text), (-20...20).contains(stops) else { return nil }
            return .exposure(stops)
        case "denoise":
            guard let strength = Double(text), (0...4).contains(strength) else { return nil }
            return .denoise(strength)
        case "tone-map": return JobFile.DevelopStep.ToneMap(rawValue: text).map { .toneMap($0) }
        default: return nil
        }
    } write: { step in
        switch step {
        case .cleanEdges: .plain("clean-edges")
        case .denoise(1): .plain("denoise")
        case .denoise(let strength): .map([("denoise", .plain(Quantity.shortest(strength)))])
        case .exposure(let stops): .map([("exposure", .plain(Quantity.shortest(stops)))])
        case .toneMap(let curve): .map([("tone-map", .plain(curve.rawValue))])
        }
    }
}
