// SPDX-License-Identifier: Apache-2.0

/// A picture of `render-image`.
public struct RenderedImage: Hashable, Sendable {
    /// Accumulations that the picture holds, and how many make it complete.
    public var accumulation: Int
    public var maxAccumulation: Int
    /// The encoded picture; empty when the server had nothing new to send.
    public var data: [UInt8]
}
