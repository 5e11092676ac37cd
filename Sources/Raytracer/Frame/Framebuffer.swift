// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Synchronization

/// The sums of all samples drawn so far, and what is made of them.
public final class Framebuffer: @unchecked Sendable {
    // Sendable: the sums are only touched by whoever holds `lock`; a render's threads write to pixels of their own.

    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// What is kept besides colour.
    public let channels: FrameChannels

    /// Four sums a pixel.
    let color: UnsafeMutablePointer<Float>
    let depth: UnsafeMutablePointer<Float>?
    let normal: UnsafeMutablePointer<Float>?
    let albedo: UnsafeMutablePointer<Float>?
    /// Sums of squares about the samples' mean, three a pixel.
    let deviation: UnsafeMutablePointer<Float>?
    /// Means, three a pixel, once `Progress.hasFineGuides` says so.
    let fineNormal: UnsafeMutablePointer<Float>?
    let fineAlbedo: UnsafeMutablePointer<Float>?

    /// Held while a frame is drawn or the sums are read.
    let lock = Mutex(Progress())

    /// What has been drawn.
    struct Progress: Sendable {
        var samples = 0
        var frames = 0
        /// Whether the fine guides hold more samples than the colour.
        var hasFineGuides = false
    }

    /// An empty picture.
    ///
    /// - Parameter channels: what `planes()` is to hold besides colour; less is faster.
    public init(width: Int, height: Int, channels: FrameChannels = .all) {
        precondition(width >= 0 && height >= 0 && width < 1 << 24 && height < 1 << 24, "no such extent")
        (self.width, self.height, self.channels) = (width, height, channels)
        let count = width * height
        color = Self.memory(4 * count)
        depth = channels.contains(.depth) ? Self.memory(count) : nil
        normal = channels.contains(.normal) ? Self.memory(3 * count) : nil
        albedo = channels.contains(.albedo) ? Self.memory(3 * count) : nil
        deviation = channels.contains(.variance) ? Self.memory(3 * count) : nil
        fineNormal = channels.contains(.fineGuides) ? Self.memory(3 * count) : nil
        fineAlbedo = channels.contains(.fineGuides) ? Self.memory(3 * count) : nil
        clear()
    }

    /// Memory whose pixels can be read as vectors.
    private static func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = max(1, count) * MemoryLayout<Float>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: MemoryLayout<SIMD4<Float>>.alignment)
        adviseHugePages(UnsafeMutableRawBufferPointer(start: memory, count: bytes))
        return memory.bindMemory(to: Float.self, capacity: max(1, count))
    }

    deinit {
        color.deallocate()
        depth?.deallocate()
        normal?.deallocate()
        albedo?.deallocate()
        deviation?.deallocate()
        fineNormal?.deallocate()
        fineAlbedo?.deallocate()
    }

    /// Frames that have been accumulated since the last reset.
    public var accumulation: Int { lock.withLock { $0.frames } }

    /// Forgets all samples; waits for a frame that is being drawn.
    public func reset() {
        lock.withLock { progress in
            progress = Progress()
            clear()
        }
    }

    private func clear() {
        let count = width * height
        color.update(repeating: 0, count: 4 * count)
        depth?.update(repeating: .infinity, count: count)
        normal?.update(repeating: 0, count: 3 * count)
        albedo?.update(repeating: 0, count: 3 * count)
        deviation?.update(repeating: 0, count: 3 * count)
    }
}

/// Which planes a framebuffer keeps besides colour and alpha.
public struct FrameChannels: OptionSet, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let depth = FrameChannels(rawValue: 1)
    public static let normal = FrameChannels(rawValue: 2)
    public static let albedo = FrameChannels(rawValue: 4)
    /// How far the colour's samples lie apart.
    public static let variance = FrameChannels(rawValue: 8)
    /// Normals and albedo of more samples than the colour has, besides those of its own: for denoising.
    public static let fineGuides = FrameChannels(rawValue: 16 | normal.rawValue | albedo.rawValue)
    /// All that the colour's own samples tell.
    public static let all: FrameChannels = [.depth, .normal, .albedo, .variance]
    public static let colorOnly: FrameChannels = []
}
