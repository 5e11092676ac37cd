// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile.Output {
    /// What an OpenEXR output holds, each as linear 32-bit floats.
    public enum Buffer: String, Sendable, Hashable, CaseIterable {
        /// Colour as the renderer sent it, premultiplied, before any step: channels `R`, `G`, `B`, `A`.
        case color
        /// Surface colour: `albedo.R`, `albedo.G`, `albedo.B`.
        case albedo
        /// World directions of surfaces, each component from -1 to 1: `normal.X`, `normal.Y`, `normal.Z`.
        case normal
        /// Distance from the eye in scene units, infinite where nothing was hit: `Z`.
        case depth
        /// Variance of the mean of the colour's samples: `variance.R`, `variance.G`, `variance.B`.
        case variance

        /// The plane that a renderer has to send besides colour.
        var channel: FloatPlanes.Channel? {
            switch self {
            case .color: nil
            case .albedo: .albedo
            case .normal: .normal
            case .depth: .depth
            case .variance: .variance
            }
        }

        /// The names of its channels in the file, as Nuke and Blender group layers.
        var names: [String] {
            switch self {
            case .color: ["R", "G", "B", "A"]
            case .albedo: ["albedo.R", "albedo.G", "albedo.B"]
            case .normal: ["normal.X", "normal.Y", "normal.Z"]
            case .depth: ["Z"]
            case .variance: ["variance.R", "variance.G", "variance.B"]
            }
        }
    }

    /// Whether the file holds the renderer's buffers rather than a picture.
    public var isBuffers: Bool { path.lowercased().hasSuffix(".exr") }
}

extension JobShape where Value == JobFile.Output.Buffer {
    private static let all = Value.allCases.map(\.rawValue)

    static let buffer = JobShape(
        all.joined(separator: ", "), schema: ["enum": .array(all.map { .string($0) })]
    ) { node in
        node.text.flatMap { Value(rawValue: $0) }
    } write: {
        .plain($0.rawValue)
    }
}
