// SPDX-License-Identifier: Apache-2.0

/// What the samples of a picture mean and how they are stored.
public struct PixelFormat: Hashable, Sendable {
    /// The channels of a pixel, in memory order.
    public enum Channels: Int, Hashable, Sendable, CaseIterable {
        case grey = 1
        case greyAlpha = 2
        case rgb = 3
        case rgba = 4

        /// Whether the last channel is coverage.
        public var hasAlpha: Bool { self == .greyAlpha || self == .rgba }
    }

    /// The storage of one sample, in the machine's byte order.
    public enum Sample: Hashable, Sendable, CaseIterable {
        /// 0…255.
        case uint8
        /// 0…65535.
        case uint16
        /// Any; 1 is white, more is brighter than white.
        case float32

        /// Bytes a sample takes.
        public var byteCount: Int {
            switch self {
            case .uint8: 1
            case .uint16: 2
            case .float32: 4
            }
        }
    }

    /// How colour samples relate to light. Alpha is always linear.
    public enum Transfer: Hashable, Sendable, CaseIterable {
        /// IEC 61966-2-1.
        case sRGB
        /// Proportional to light.
        case linear
    }

    /// How colour relates to alpha.
    public enum Alpha: Hashable, Sendable, CaseIterable {
        /// There is no alpha channel; every pixel is opaque.
        case none
        /// Colour is independent of alpha.
        case straight
        /// Colour has been multiplied by alpha.
        case premultiplied
    }

    public var channels: Channels
    public var sample: Sample
    public var transfer: Transfer
    public var alpha: Alpha

    /// A format; `alpha` must be `.none` exactly when the channels hold none.
    public init(channels: Channels, sample: Sample, transfer: Transfer, alpha: Alpha) {
        precondition((alpha == .none) == !channels.hasAlpha, "alpha mode must match the channels")
        self.channels = channels
        self.sample = sample
        self.transfer = transfer
        self.alpha = alpha
    }

    /// Bytes a pixel takes.
    public var bytesPerPixel: Int { channels.rawValue * sample.byteCount }

    /// 8-bit straight sRGB with alpha: what a PNG from a renderer holds.
    public static let rgba8 = PixelFormat(channels: .rgba, sample: .uint8, transfer: .sRGB, alpha: .straight)
    /// 8-bit sRGB without alpha.
    public static let rgb8 = PixelFormat(channels: .rgb, sample: .uint8, transfer: .sRGB, alpha: .none)
    /// Linear premultiplied float with alpha: what develop steps work in.
    public static let linearRGBA = PixelFormat(
        channels: .rgba, sample: .float32, transfer: .linear, alpha: .premultiplied)
    /// Linear float colour, or three numbers of any kind a pixel.
    public static let linearRGB = PixelFormat(channels: .rgb, sample: .float32, transfer: .linear, alpha: .none)
}
