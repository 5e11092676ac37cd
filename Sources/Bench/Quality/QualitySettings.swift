// SPDX-License-Identifier: Apache-2.0

/// How quality is measured.
public struct QualitySettings: Sendable {
    /// Samples a pixel, in ascending order.
    public var samples = [1, 2, 4, 8, 16, 32, 64, 128]
    /// Samples of the picture that all others are compared with.
    public var referenceSamples = 4096
    /// Times that each picture is drawn; its time is the median.
    public var repeats = 3
    public var width = 480
    public var height = 270
    /// Where the pictures are saved; nowhere when `nil`.
    public var pictures: String?

    public init() {}
}
