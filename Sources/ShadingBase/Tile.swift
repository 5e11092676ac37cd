// SPDX-License-Identifier: Apache-2.0
import CShading

/// Sixteen pixels, four by four or picked, and what is theirs in every sample.
struct PixelBlock {
    var valid: Mask
    /// Pixel coordinates.
    var column: Mask
    var row: Mask
    var x: Lanes
    var y: Lanes
    /// The pixel's own turn and shift of the occlusion rays; zero where there are none.
    var cosine: Lanes
    var sine: Lanes
    var shift: Lanes

    @inline(__always)
    init(column: Mask, row: Mask, valid: Mask) {
        (self.column, self.row, self.valid) = (column, row, valid)
        (x, y) = (lanes_int_to_float(column), lanes_int_to_float(row))
        (cosine, sine, shift) = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))
    }

    @inline(__always)
    init(x0: Int32, y0: Int32, x1: Int32, y1: Int32, hasOcclusion: Bool) {
        let across = SIMD16<Int32>(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3)
        let down = SIMD16<Int32>(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
        column = across &+ SIMD16(repeating: x0)
        row = down &+ SIMD16(repeating: y0)
        x = lanes_int_to_float(column)
        y = lanes_int_to_float(row)
        valid = lanes_and(
            lanes_less(x, Lanes(repeating: Float(x1))), lanes_less(y, Lanes(repeating: Float(y1))))
        guard hasOcclusion else {
            (cosine, sine, shift) = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))
            return
        }
        let (turn, shift) = pixelRandom(lanes_unsigned(column), lanes_unsigned(row))
        (cosine, sine) = turned(turn * (2 * Float.pi))
        self.shift = shift
    }
}

/// Draws one pass over a rectangle of pixels and adds it to the frame's sums.
func renderTile(
    _ frame: UnsafePointer<shading_frame>, _ memory: UnsafeMutableRawPointer, _ x0: Int32, _ y0: Int32, _ x1: Int32,
    _ y1: Int32
) {
    let scratch = Scratch(base: memory)
    let width = frame.pointee.path_traced != 0 ? 4 : Int32(4 * Scratch.stripCount)
    var y = y0
    while y < y1 {
        var x = x0
        while x < x1 {
            if frame.pointee.path_traced != 0 {
                let block = PixelBlock(x0: x, y0: y, x1: x1, y1: y1, hasOcclusion: false)
                store(frame, scratch, renderPaths(frame, scratch, block), scratch.spreads, x, y, x1, y1)
            } else {
                renderStrip(frame, scratch, x, y, min(x1, x + width), y1)
            }
            x += width
        }
        y += 4
    }
}

private func renderPaths(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ block: PixelBlock
) -> SampleResult {
    var sum = SampleResult()
    for sample in 0..<Int(frame.pointee.sample_count) {
        let one = samplePath(frame, scratch, block, sample: sample)
        sum.add(one, withGuides: hasGuides(frame))
        if frame.pointee.deviation != nil { scratch.spreads[0].add(one.color, isFirst: sample == 0) }
    }
    return sum
}

@inline(__always)
func hasGuides(_ frame: UnsafePointer<shading_frame>) -> Bool {
    frame.pointee.normal != nil || frame.pointee.albedo != nil
}

/// Draws a row of blocks. All of them are traced before the first is shaded, so that what shading looks up is on its
/// way from memory meanwhile.
private func renderStrip(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32
) {
    guard let offsets = frame.pointee.pixel_offsets else { return }
    let count = Int(x1 - x0 + 3) / 4
    let hasOcclusion = frame.pointee.occlusion_rays > 0
    let (met, sums) = (scratch.met, scratch.sums)
    for i in 0..<count { sums[i] = SampleResult() }
    for sample in 0..<Int(frame.pointee.sample_count) {
        let offset = offsets + 2 * sample
        for i in 0..<count {
            let block = PixelBlock(x0: x0 + 4 * Int32(i), y0: y0, x1: x1, y1: y1, hasOcclusion: false)
            met[i] = traceCamera(frame, scratch, block, scratch.strip(i), offset[0], offset[1])
            prefetchIndices(frame, scratch.strip(i), met[i], scratch)
        }
        for i in 0..<count { prefetchNormals(frame, scratch.strip(i), met[i], scratch) }
        for i in 0..<count {
            let block = PixelBlock(x0: x0 + 4 * Int32(i), y0: y0, x1: x1, y1: y1, hasOcclusion: hasOcclusion)
            let one = sampleInteractive(frame, scratch, block, scratch.strip(i), met: met[i], sample: sample)
            sums[i].add(one, withGuides: hasGuides(frame))
            if frame.pointee.deviation != nil { scratch.spreads[i].add(one.color, isFirst: sample == 0) }
        }
    }
    for i in 0..<count { store(frame, scratch, sums[i], scratch.spreads + i, x0 + 4 * Int32(i), y0, x1, y1) }
}

@inline(__always)
func traceCamera(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ pixels: PixelBlock, _ packet: Packet, _ dx: Float,
    _ dy: Float
) -> Mask {
    let rays = cameraRays(
        frame.pointee.camera, (pixels.x + dx) * frame.pointee.inverse_width,
        (pixels.y + dy) * frame.pointee.inverse_height)
    return trace(
        frame, scratch, packet, pixels.valid, origin: rays.origin, direction: rays.direction,
        near: Lanes(repeating: frame.pointee.camera.near_clip), far: Lanes(repeating: .infinity), coherent: true)
}

@inline(__always)
private func store(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ sum: SampleResult,
    _ spread: UnsafePointer<SampleSpread>, _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32
) {
    // Before colour, which it compares with what was summed up to now.
    if frame.pointee.deviation != nil { storeDeviation(frame, scratch, sum.color, spread.pointee, x0, y0, x1, y1) }
    let isWhole = x0 + 4 <= x1 && y0 + 4 <= y1
    if isWhole, let colors = frame.pointee.color {
        let width = Int(frame.pointee.width)
        let first = colors + 4 * (Int(y0) * width + Int(x0))
        lanes_add_pixels(first, 4 * width, sum.color.x, sum.color.y, sum.color.z, sum.alpha)
    }
    guard !isWhole || frame.pointee.depth != nil || frame.pointee.normal != nil || frame.pointee.albedo != nil
    else { return }
    storeLanes(frame, scratch, sum, x0, y0, x1, y1, withColor: !isWhole)
}

/// Adds lane by lane, those outside the tile left out.
@inline(never)
private func storeLanes(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ sum: SampleResult, _ x0: Int32, _ y0: Int32,
    _ x1: Int32, _ y1: Int32, withColor: Bool
) {
    let rows = scratch.surface
    rows.base.storeBytes(of: sum.color.x, toByteOffset: 0, as: Lanes.self)
    rows.base.storeBytes(of: sum.color.y, toByteOffset: 64, as: Lanes.self)
    rows.base.storeBytes(of: sum.color.z, toByteOffset: 128, as: Lanes.self)
    rows.base.storeBytes(of: sum.alpha, toByteOffset: 192, as: Lanes.self)
    rows.base.storeBytes(of: sum.depth, toByteOffset: 256, as: Lanes.self)
    if frame.pointee.normal != nil { storeNormals(sum, rows) }
    if frame.pointee.albedo != nil { storeAlbedo(sum, rows) }
    let source = rows.base.assumingMemoryBound(to: Float.self)
    let width = Int(frame.pointee.width)
    for lane in 0..<16 {
        let (x, y) = (Int(x0) + lane & 3, Int(y0) + lane >> 2)
        guard x < Int(x1), y < Int(y1) else { continue }
        let pixel = y * width + x
        if withColor, let colors = frame.pointee.color {
            for c in 0..<4 { colors[4 * pixel + c] += source[16 * c + lane] }
        }
        if let depth = frame.pointee.depth { depth[pixel] = min(depth[pixel], source[64 + lane]) }
        if let normal = frame.pointee.normal {
            for c in 0..<3 { normal[3 * pixel + c] += source[80 + 16 * c + lane] }
        }
        if let albedo = frame.pointee.albedo {
            for c in 0..<3 { albedo[3 * pixel + c] += source[128 + 16 * c + lane] }
        }
    }
}

@inline(__always)
func storeNormals(_ sum: SampleResult, _ rows: SurfaceRows) {
    rows.base.storeBytes(of: sum.normal.x, toByteOffset: 320, as: Lanes.self)
    rows.base.storeBytes(of: sum.normal.y, toByteOffset: 384, as: Lanes.self)
    rows.base.storeBytes(of: sum.normal.z, toByteOffset: 448, as: Lanes.self)
}

@inline(__always)
func storeAlbedo(_ sum: SampleResult, _ rows: SurfaceRows) {
    rows.base.storeBytes(of: sum.albedo.x, toByteOffset: 512, as: Lanes.self)
    rows.base.storeBytes(of: sum.albedo.y, toByteOffset: 576, as: Lanes.self)
    rows.base.storeBytes(of: sum.albedo.z, toByteOffset: 640, as: Lanes.self)
}
