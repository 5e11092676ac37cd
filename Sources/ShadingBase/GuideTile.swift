// SPDX-License-Identifier: Apache-2.0
import CShading

/// Brings the fine planes of a tile on by some samples where those of the colour's own samples differ from pixel to
/// pixel; elsewhere these stand.
///
/// - Parameters x0, y0, x1, y1: no more than `SHADING_TILE_SIDE` apart.
func renderGuides(
    _ frame: UnsafePointer<shading_frame>, _ memory: UnsafeMutableRawPointer, _ x0: Int32, _ y0: Int32, _ x1: Int32,
    _ y1: Int32
) {
    let scratch = Scratch(base: memory)
    let contrast = GuideContrast(scratch.contrast)
    var pending = PendingPixels(memory: scratch.pending)
    if frame.pointee.first_sample == frame.pointee.color_samples { copyGuides(frame, x0, y0, x1, y1) }
    var top = y0
    while top < y1 {
        let bottom = min(top + 4, y1)
        contrast.look(frame, x0, top, x1, bottom)
        // By blocks, so that what is traced at once lies close together.
        var left = x0
        while left < x1 {
            for y in top..<bottom {
                for x in left..<min(left + 4, x1) where contrast.isMarked(Int(x - x0), Int(y - top)) {
                    pending.add(x, y)
                    if pending.isFull { drawGuides(frame, scratch, &pending) }
                }
            }
            left += 4
        }
        top += 4
    }
    drawGuides(frame, scratch, &pending)
}

/// Up to sixteen pixels that wait to be looked at together.
private struct PendingPixels {
    /// Sixteen columns and sixteen rows.
    let memory: UnsafeMutablePointer<Int32>
    private(set) var count = 0

    init(memory: UnsafeMutablePointer<Int32>) { self.memory = memory }

    var isFull: Bool { count == 16 }

    mutating func add(_ x: Int32, _ y: Int32) {
        (memory[count], memory[16 + count]) = (x, y)
        count += 1
    }

    mutating func clear() { count = 0 }

    /// The pixels; lanes beyond the last are not valid.
    var block: PixelBlock {
        for lane in count..<16 { (memory[lane], memory[16 + lane]) = (memory[0], memory[16]) }
        let rows = UnsafeRawPointer(memory)
        let lane = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        return PixelBlock(
            column: rows.load(as: Mask.self), row: rows.load(fromByteOffset: 64, as: Mask.self),
            valid: lanes_less(lane, Lanes(repeating: Float(count))))
    }
}

/// The means of the colour's own samples.
private func copyGuides(
    _ frame: UnsafePointer<shading_frame>, _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32
) {
    let scale = 1 / Float(frame.pointee.color_samples)
    let width = Int(frame.pointee.width)
    for y in Int(y0)..<Int(y1) {
        let range = 3 * (y * width + Int(x0))..<3 * (y * width + Int(x1))
        if let normal = frame.pointee.normal, let fine = frame.pointee.fine_normal {
            for i in range { fine[i] = normal[i] * scale }
        }
        if let albedo = frame.pointee.albedo, let fine = frame.pointee.fine_albedo {
            for i in range { fine[i] = albedo[i] * scale }
        }
    }
}

/// Looks at the pixels that wait.
@inline(never)
private func drawGuides(_ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ pending: inout PendingPixels) {
    guard pending.count > 0 else { return }
    let pixels = pending.block
    var sum = SampleResult()
    for sample in 0..<Int(frame.pointee.sample_count) {
        let one =
            frame.pointee.path_traced != 0
            ? lookAlongPath(frame, scratch, pixels, sample: sample)
            : lookAhead(frame, scratch, pixels, sample: sample)
        sum.add(one, withGuides: true)
    }
    let before = Float(frame.pointee.first_sample)
    let scale = 1 / (before + Float(frame.pointee.sample_count))
    let rows = scratch.surface
    storeNormals(sum, rows)
    storeAlbedo(sum, rows)
    let source = rows.base.assumingMemoryBound(to: Float.self)
    for lane in 0..<pending.count {
        let pixel = Int(pending.memory[16 + lane]) * Int(frame.pointee.width) + Int(pending.memory[lane])
        for c in 3 * pixel..<3 * pixel + 3 {
            let row = 16 * (c - 3 * pixel) + lane
            if let fine = frame.pointee.fine_normal { fine[c] = (fine[c] * before + source[80 + row]) * scale }
            if let fine = frame.pointee.fine_albedo { fine[c] = (fine[c] * before + source[128 + row]) * scale }
        }
    }
    pending.clear()
}
