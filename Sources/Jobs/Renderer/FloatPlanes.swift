// SPDX-License-Identifier: Apache-2.0

/// Linear, not tone-mapped float planes of one frame, rows from the top, tightly packed.
public struct FloatPlanes: Sendable, Hashable {
    public var width: Int
    public var height: Int
    /// Linear premultiplied RGBA, four floats a pixel.
    public var color: [Float]
    /// Distance from the eye; infinite where nothing was hit. Empty when not asked for.
    public var depth: [Float] = []
    /// World normals, three floats a pixel. Empty when not asked for.
    public var normal: [Float] = []
    /// Surface colour, three floats a pixel. Empty when not asked for.
    public var albedo: [Float] = []
    /// Variance of the mean of linear red, green and blue, three floats a pixel; infinite where it is not known. Empty
    /// when not asked for.
    public var variance: [Float] = []

    public init(width: Int, height: Int, color: [Float]) {
        (self.width, self.height, self.color) = (width, height, color)
    }

    /// What a plane besides colour holds.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case albedo, normal, depth, variance

        /// Floats a pixel.
        public var components: Int { self == .depth ? 1 : 3 }
    }

    /// The plane of a channel; empty where it was not sent.
    public subscript(channel: Channel) -> [Float] {
        get {
            switch channel {
            case .albedo: albedo
            case .normal: normal
            case .depth: depth
            case .variance: variance
            }
        }
        set {
            switch channel {
            case .albedo: albedo = newValue
            case .normal: normal = newValue
            case .depth: depth = newValue
            case .variance: variance = newValue
            }
        }
    }

    /// What is wrong with the planes, as a clause after "the backend sent"; `nil` when all are whole.
    ///
    /// - Parameter channels: planes that have to be there; the variance is not missed.
    func defect(needing channels: Set<Channel>) -> String? {
        guard (1...65_536).contains(width), (1...65_536).contains(height), color.count == width * height * 4 else {
            return "\(color.count) floats of colour for \(width)x\(height) pixels"
        }
        for channel in Channel.allCases {
            let count = self[channel].count
            if count == 0, channel == .variance || !channels.contains(channel) { continue }
            if count == 0 { return "no \(channel.rawValue) plane, which this job needs" }
            if count != width * height * channel.components {
                return "\(count) floats of \(channel.rawValue) for \(width)x\(height) pixels"
            }
        }
        return nil
    }
}
