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
    /// What `albedo` holds, over more samples than the colour has. Empty when not asked for.
    public var fineAlbedo: [Float] = []
    /// What `normal` holds, over the samples of `fineAlbedo`. Empty when not asked for.
    public var fineNormal: [Float] = []

    public init(width: Int, height: Int, color: [Float]) {
        (self.width, self.height, self.color) = (width, height, color)
    }

    /// What a plane besides colour holds.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case albedo, normal, depth, variance
        case fineAlbedo = "fine_albedo"
        case fineNormal = "fine_normal"

        /// Floats a pixel.
        public var components: Int { self == .depth ? 1 : 3 }

        /// Whether a picture can do without it: a real Brayns does not know it.
        public var isExtra: Bool {
            switch self {
            case .albedo, .normal, .depth: false
            case .variance, .fineAlbedo, .fineNormal: true
            }
        }
    }

    /// The plane of a channel; empty where it was not sent.
    public subscript(channel: Channel) -> [Float] {
        get {
            switch channel {
            case .albedo: albedo
            case .normal: normal
            case .depth: depth
            case .variance: variance
            case .fineAlbedo: fineAlbedo
            case .fineNormal: fineNormal
            }
        }
        set {
            switch channel {
            case .albedo: albedo = newValue
            case .normal: normal = newValue
            case .depth: depth = newValue
            case .variance: variance = newValue
            case .fineAlbedo: fineAlbedo = newValue
            case .fineNormal: fineNormal = newValue
            }
        }
    }

    /// What is wrong with the planes, as a clause after "the backend sent"; `nil` when all are whole.
    ///
    /// - Parameter channels: planes that have to be there; extra ones are not missed.
    func defect(needing channels: Set<Channel>) -> String? {
        guard (1...65_536).contains(width), (1...65_536).contains(height), color.count == width * height * 4 else {
            return "\(color.count) floats of colour for \(width)x\(height) pixels"
        }
        for channel in Channel.allCases {
            let count = self[channel].count
            if count == 0, channel.isExtra || !channels.contains(channel) { continue }
            if count == 0 { return "no \(channel.rawValue) plane, which this job needs" }
            if count != width * height * channel.components {
                return "\(count) floats of \(channel.rawValue) for \(width)x\(height) pixels"
            }
        }
        return nil
    }
}
