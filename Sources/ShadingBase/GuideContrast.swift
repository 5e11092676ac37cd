// SPDX-License-Identifier: Apache-2.0
import CShading

/// Tells in which pixels of a tile normals and surface colours differ from those around.
///
/// What the samples of a pixel disagree on differs from pixel to pixel too, and that is seen with a single sample as
/// well. A pixel is marked where some component of the means about it spans more than `threshold`: tried on edges,
/// lines, atoms, glass and a volume, where half of it marks more pixels and gains nothing. Few samples miss much of a
/// thin line, so that pixels further away are looked at.
struct GuideContrast {
    /// Span of a component, for colours of 0…1 and normals of -1…1.
    private static let threshold: Float = 0.1
    /// The pixels that are looked at lie up to so many away.
    private static let mostReach = 3

    /// Of each column of a row's surroundings, with pixels beside the tile; the picture's edge goes on beyond it.
    private let low: UnsafeMutablePointer<Float>
    private let high: UnsafeMutablePointer<Float>
    /// Of the surroundings of each pixel of a row.
    private let least: UnsafeMutablePointer<Float>
    private let most: UnsafeMutablePointer<Float>
    /// One a pixel of four rows.
    private let marks: UnsafeMutablePointer<UInt8>

    /// - Parameter memory: for four rows of a tile with the pixels beside it, and for the marks.
    init(_ memory: UnsafeMutableRawPointer) {
        let row = 3 * (Int(SHADING_TILE_SIDE) + 2 * Self.mostReach)
        low = memory.assumingMemoryBound(to: Float.self)
        (high, least, most) = (low + row, low + 2 * row, low + 3 * row)
        marks = UnsafeMutableRawPointer(low + 4 * row).assumingMemoryBound(to: UInt8.self)
    }

    /// Looks at up to four rows of a tile, after `color_samples` samples.
    func look(_ frame: UnsafePointer<shading_frame>, _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32) {
        let samples = frame.pointee.color_samples
        let reach = samples < 2 ? Self.mostReach : samples < 4 ? 2 : 1
        let threshold = Self.threshold * Float(samples)
        for y in y0..<y1 {
            let row = marks + Int(y - y0) * Int(SHADING_TILE_SIDE)
            for x in 0..<Int(x1 - x0) { row[x] = 0 }
            if let normal = frame.pointee.normal {
                look(frame, normal, threshold, reach, Int(x0), Int(y), Int(x1), row)
            }
            if let albedo = frame.pointee.albedo {
                look(frame, albedo, threshold, reach, Int(x0), Int(y), Int(x1), row)
            }
        }
    }

    /// Whether a pixel of those rows was marked.
    @inline(__always)
    func isMarked(_ column: Int, _ row: Int) -> Bool { marks[row * Int(SHADING_TILE_SIDE) + column] != 0 }

    /// Marks the pixels of a row about which a plane spans more than the threshold.
    private func look(
        _ frame: UnsafePointer<shading_frame>, _ plane: UnsafePointer<Float>, _ threshold: Float, _ reach: Int,
        _ x0: Int, _ y: Int, _ x1: Int, _ row: UnsafeMutablePointer<UInt8>
    ) {
        let (width, height) = (Int(frame.pointee.width), Int(frame.pointee.height))
        spanColumns(plane, width, x0, x1, reach, max(y - reach, 0), min(y + reach, height - 1))
        let count = 3 * (x1 - x0)
        for i in 0..<count { (least[i], most[i]) = (low[i], high[i]) }
        for shift in 1...2 * reach {
            let (others, greater) = (low + 3 * shift, high + 3 * shift)
            for i in 0..<count {
                least[i] = others[i] < least[i] ? others[i] : least[i]
                most[i] = greater[i] > most[i] ? greater[i] : most[i]
            }
        }
        for i in 0..<count { most[i] -= least[i] }
        for x in 0..<x1 - x0 {
            let span = most + 3 * x
            if span[0] > threshold || span[1] > threshold || span[2] > threshold { row[x] = 1 }
        }
    }

    /// The least and the greatest of each column over some rows.
    private func spanColumns(
        _ plane: UnsafePointer<Float>, _ width: Int, _ x0: Int, _ x1: Int, _ reach: Int, _ top: Int, _ bottom: Int
    ) {
        let (left, right) = (max(x0 - reach, 0), min(x1 + reach, width))
        let (l, h) = (low + 3 * (left - x0 + reach), high + 3 * (left - x0 + reach))
        let count = 3 * (right - left)
        for y in top...bottom {
            let values = plane + 3 * (y * width + left)
            if y == top {
                for i in 0..<count { (l[i], h[i]) = (values[i], values[i]) }
            } else {
                for i in 0..<count {
                    l[i] = values[i] < l[i] ? values[i] : l[i]
                    h[i] = values[i] > h[i] ? values[i] : h[i]
                }
            }
        }
        for i in 0..<3 * (left - x0 + reach) { (low[i], high[i]) = (l[i % 3], h[i % 3]) }
        for i in 0..<3 * (x1 + reach - right) {
            (l[count + i], h[count + i]) = (l[count - 3 + i % 3], h[count - 3 + i % 3])
        }
    }
}
