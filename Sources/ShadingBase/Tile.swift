// SPDX-License-Identifier: Apache-2.0
import CShading

/// Four by four pixels and what is theirs in every sample.
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
    let hasOcclusion = frame.pointee.path_traced == 0 && frame.pointee.occlusion_rays > 0
    var y = y0
    while y < y1 {
        var x = x0
        while x < x1 {
            let block = PixelBlock(x0: x, y0: y, x1: x1, y1: y1, hasOcclusion: hasOcclusion)
            let sum = renderBlock(frame, scratch, block)
            store(frame, scratch, sum, x, y, x1, y1)
            x += 4
        }
        y += 4
    }
}

private func renderBlock(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ block: PixelBlock
) -> SampleResult {
    var sum = SampleResult()
    guard let offsets = frame.pointee.pixel_offsets else { return sum }
    let hasGuides = frame.pointee.normal != nil || frame.pointee.albedo != nil
    for sample in 0..<Int(frame.pointee.sample_count) {
        let one: SampleResult
        if frame.pointee.path_traced != 0 {
            one = samplePath(frame, scratch, block, sample: sample)
        } else {
            let offset = offsets + 2 * sample
            let rays = cameraRays(
                frame.pointee.camera, (block.x + offset[0]) * frame.pointee.inverse_width,
                (block.y + offset[1]) * frame.pointee.inverse_height)
            one = sampleInteractive(frame, scratch, block, rays, sample: sample)
        }
        sum.color = sum.color + one.color
        sum.alpha = sum.alpha + one.alpha
        sum.depth = lanes_min(sum.depth, one.depth)
        guard hasGuides else { continue }
        sum.normal = sum.normal + one.normal
        sum.albedo = sum.albedo + one.albedo
    }
    return sum
}

@inline(__always)
private func store(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ sum: SampleResult, _ x0: Int32, _ y0: Int32,
    _ x1: Int32, _ y1: Int32
) {
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
private func storeNormals(_ sum: SampleResult, _ rows: SurfaceRows) {
    rows.base.storeBytes(of: sum.normal.x, toByteOffset: 320, as: Lanes.self)
    rows.base.storeBytes(of: sum.normal.y, toByteOffset: 384, as: Lanes.self)
    rows.base.storeBytes(of: sum.normal.z, toByteOffset: 448, as: Lanes.self)
}

@inline(__always)
private func storeAlbedo(_ sum: SampleResult, _ rows: SurfaceRows) {
    rows.base.storeBytes(of: sum.albedo.x, toByteOffset: 512, as: Lanes.self)
    rows.base.storeBytes(of: sum.albedo.y, toByteOffset: 576, as: Lanes.self)
    rows.base.storeBytes(of: sum.albedo.z, toByteOffset: 640, as: Lanes.self)
}
