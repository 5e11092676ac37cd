// SPDX-License-Identifier: Apache-2.0
import CShading

/// A texture's colour at a point, filtered bilinearly in linear light, repeated beyond its edges.
@inline(__always)
func sample(_ texture: UnsafePointer<shading_texture>, _ s: Float, _ t: Float) -> SIMD4<Float> {
    let (width, height) = (Int(texture.pointee.width), Int(texture.pointee.height))
    let x = wrapped(s) * Float(width) - 0.5
    let y = (1 - wrapped(t)) * Float(height) - 0.5
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (fx, fy) = (x - left, y - top)
    let x0 = wrapped(Int(left), width)
    let x1 = wrapped(Int(left) + 1, width)
    let y0 = wrapped(Int(top), height)
    let y1 = wrapped(Int(top) + 1, height)
    let upper = texel(texture, x0, y0) * (1 - fx) + texel(texture, x1, y0) * fx
    let lower = texel(texture, x0, y1) * (1 - fx) + texel(texture, x1, y1) * fx
    return upper * (1 - fy) + lower * fy
}

/// The part of a coordinate behind the point; 0 for what is not a number.
@inline(__always)
private func wrapped(_ s: Float) -> Float {
    let f = s - s.rounded(.down)
    return f >= 0 && f <= 1 ? f : 0
}

@inline(__always)
private func wrapped(_ i: Int, _ count: Int) -> Int { i < 0 ? i + count : (i >= count ? i - count : i) }

@inline(__always)
private func texel(_ texture: UnsafePointer<shading_texture>, _ x: Int, _ y: Int) -> SIMD4<Float> {
    let p = texture.pointee.texels + 4 * (y * Int(texture.pointee.width) + x)
    let linear = texture.pointee.linear
    return SIMD4(linear[Int(p[0])], linear[Int(p[1])], linear[Int(p[2])], Float(p[3]) * (1 / 255))
}
