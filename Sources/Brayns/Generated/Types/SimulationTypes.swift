// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// The frames of the simulation that the scene's models carry.
public struct SimulationParameters: Codable, Hashable, Sendable {
    /// The frame shown.
    public var current: Int?
    /// The first frame.
    public var startFrame: Int
    /// The last frame; included.
    public var endFrame: Int
    /// Time from one frame to the next, in `unit`; 0 without a simulation.
    public var dt: Double
    /// Unit of time: `ms`.
    public var unit: String

    /// Takes every value; what is `nil` is left out of the message.
    public init(startFrame: Int, endFrame: Int, dt: Double, unit: String, current: Int? = nil) {
        self.current = current
        self.startFrame = startFrame
        self.endFrame = endFrame
        self.dt = dt
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case current
        case startFrame = "start_frame"
        case endFrame = "end_frame"
        case dt
        case unit
    }
}

/// What `set-simulation-parameters` changes.
public struct SimulationChange: Codable, Hashable, Sendable {
    /// The frame to show; one out of range is refused.
    public var current: Int?

    /// Takes every value; what is `nil` is left out of the message.
    public init(current: Int? = nil) {
        self.current = current
    }
}

/// The parameters of `enable-simulation`.
public struct SimulationSwitch: Codable, Hashable, Sendable {
    /// The model.
    public var modelID: Int
    /// Whether its simulation colours it.
    public var enabled: Bool

    /// Takes every value.
    public init(modelID: Int, enabled: Bool) {
        self.modelID = modelID
        self.enabled = enabled
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case enabled
    }
}
