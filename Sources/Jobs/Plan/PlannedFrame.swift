// SPDX-License-Identifier: Apache-2.0
import Scene

/// One picture of every scene: where the camera stands and at what time.
public struct PlannedFrame: Hashable, Sendable {
    /// Where the camera comes from.
    public enum Camera: Hashable, Sendable {
        /// A preset direction, framed to fit the scene.
        case preset(ViewPreset)
        /// A view that is used as it is.
        case fixed(View)
    }

    /// One step of a walk around the model.
    public struct Turn: Hashable, Sendable {
        public var index: Int
        public var count: Int
        /// `nil` is the model's up axis.
        public var axis: Axis?
    }

    /// The picture's number in its scene, from 0.
    public var index: Int
    public var camera: Camera
    public var turn: Turn?
    public var simulation: Int?

    /// What a person would call it: `iso`, `iso turn 3`, `frame 12`.
    public var label: String {
        var words: [String] = []
        if case .preset(let preset) = camera { words.append(preset.rawValue) }
        if let turn { words.append("turn \(turn.index)") }
        if let simulation { words.append("simulation \(simulation)") }
        return words.isEmpty ? "frame \(index)" : words.joined(separator: " ")
    }

    /// What fills `{view}`.
    var viewName: String {
        if case .preset(let preset) = camera { return preset.rawValue }
        return "view"
    }
}
