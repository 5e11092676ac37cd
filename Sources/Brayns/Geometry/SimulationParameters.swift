// SPDX-License-Identifier: Apache-2.0

/// The frames of the simulation that the scene's models carry.
public struct SimulationParameters: Codable, Hashable, Sendable {
    /// The frame shown.
    public var current: Int?
    public var startFrame: Int
    /// The last frame; included.
    public var endFrame: Int
    /// Time from one frame to the next, in `unit`; 0 without a simulation.
    public var dt: Double
    /// Unit of time: `ms`.
    public var unit: String

    enum CodingKeys: String, CodingKey {
        case current, dt, unit
        case startFrame = "start_frame"
        case endFrame = "end_frame"
    }

    /// The frames, or `nil` when the scene carries no simulation.
    public var frames: ClosedRange<Int>? { endFrame > startFrame ? startFrame...endFrame : nil }
}
