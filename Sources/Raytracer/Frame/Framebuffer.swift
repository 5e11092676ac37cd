// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// The sums of all samples drawn so far, and what is made of them.
public final class Framebuffer: Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// What is kept besides colour.
    public let channels: FrameChannels

    /// An empty picture.
    ///
    /// - Parameter channels: what `planes()` is to hold besides colour; less is faster.
    public init(width: Int, height: Int, channels: FrameChannels = .all) {
        (self.width, self.height, self.channels) = (width, height, channels)
    }

    /// Frames that have been accumulated.
    public var accumulation: Int { 0 }

    /// Forgets all samples.
    public func reset() {}

    /// The picture as Brayns sends it: tone mapped, sRGB, 8 bit truncated, with alpha.
    public func encoded8() -> PixelBuffer { PixelBuffer(width: width, height: height, format: .rgba8) }

    /// The picture before tone mapping, with the planes of the first surface seen.
    public func planes() -> FramePlanes { FramePlanes(width: width, height: height) }
}

/// Which planes a framebuffer keeps besides colour and alpha.
public struct FrameChannels: OptionSet, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let depth = FrameChannels(rawValue: 1)
    public static let normal = FrameChannels(rawValue: 2)
    public static let albedo = FrameChannels(rawValue: 4)
    public static let all: FrameChannels = [.depth, .normal, .albedo]
    public static let colorOnly: FrameChannels = []
}

/// Linear float planes, rows from the top, tightly packed.
public struct FramePlanes: Sendable {
    public var width: Int
    public var height: Int
    /// Linear red, green, blue (over the background's) and alpha, four floats a pixel.
    public var color: [Float] = []
    /// Distance from the eye; infinite where nothing was hit.
    public var depth: [Float] = []
    /// World normals, three floats a pixel; zero where nothing was hit.
    public var normal: [Float] = []
    /// Surface colour, three floats a pixel; zero where nothing was hit.
    public var albedo: [Float] = []

    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
}
