// SPDX-License-Identifier: Apache-2.0
import CVector

func spread(_ field: UnsafePointer<vec_field>?, _ planes: Int64, _ target: MutableFloats?) {
    guard let field = field?.pointee, let target else { return }
    let ninth = vec_splat(1 / 9)
    for y in 0..<Int(field.rows) {
        var x = 0
        while x < Int(field.width) {
            var total = vec_splat(0)
            for plane in 0..<Int(planes) {
                let center = field.first + plane * Int(field.plane) + y * Int(field.row) + x
                // Differences from the middle: squares of the samples themselves would lose small spreads.
                let middle = vec_load_f32x16(center)
                var (sum, squares) = (vec_splat(0), vec_splat(0))
                for v in -1...1 {
                    let row = center + v * Int(field.row)
                    for u in -1...1 where u != 0 || v != 0 {
                        let difference = vec_load_f32x16(row + u) - middle
                        sum += difference
                        squares = vec_multiply_add(difference, difference, squares)
                    }
                }
                let mean = sum * ninth
                total += vec_maxx16(squares * ninth - mean * mean, vec_splat(0))
            }
            vec_store_f32x16(total, target + y * Int(field.row) + x)
            x += 16
        }
    }
}

func patchWeights(
    _ field: UnsafePointer<vec_field>?, _ planes: Int64, _ variance: Floats?, _ mask: Floats?, _ offset: Int64,
    _ share: Float, _ least: Float, _ scratch: MutableFloats?, _ target: MutableFloats?
) {
    guard let field = field?.pointee, let variance, let mask, let scratch, let target else { return }
    let (width, rows, offset) = (Int(field.width), Int(field.rows), Int(offset))
    let pitch = width + 16
    for y in -1...rows {
        let row = y * Int(field.row) - 1
        distances(
            field.first + row, Int(planes), Int(field.plane), variance + row, offset, share, least, pitch,
            scratch + (y + 1) * pitch)
    }
    // exp(-sum / 9) by powers of two.
    let scale = vec_splat(-1.442695 / 9)
    for y in 0..<rows {
        var x = 0
        while x < width {
            let above = scratch + y * pitch + x
            let sum = (vec_load_f32x16(above) + vec_load_f32x16(above + pitch)) + vec_load_f32x16(above + 2 * pitch)
            let power = vec_minx16(vec_maxx16(sum * scale, vec_splat(-100)), vec_splat(0))
            let there = vec_load_f32x16(mask + y * Int(field.row) + x + offset)
            vec_store_f32x16(vec_exp2x16(power) * there, target + y * width + x)
            x += 16
        }
    }
}

/// One row of distances, each the sum of three side by side.
@inline(__always)
private func distances(
    _ row: Floats, _ planes: Int, _ plane: Int, _ variance: Floats, _ offset: Int, _ share: Float, _ least: Float,
    _ pitch: Int, _ target: MutableFloats
) {
    let (share, least) = (vec_splat(share), vec_splat(least))
    var x = 0
    while x < pitch {
        var squares = vec_splat(0)
        var sample = row + x
        for _ in 0..<planes {
            let difference = vec_load_f32x16(sample) - vec_load_f32x16(sample + offset)
            squares = vec_multiply_add(difference, difference, squares)
            sample += plane
        }
        let (here, there) = (vec_load_f32x16(variance + x), vec_load_f32x16(variance + x + offset))
        let noise = here + vec_minx16(here, there)
        vec_store_f32x16((squares - noise) / vec_multiply_add(here + there, share, least), target + x)
        x += 16
    }
    x = 0
    while x < pitch - 16 {
        let sum = (vec_load_f32x16(target + x) + vec_load_f32x16(target + x + 1)) + vec_load_f32x16(target + x + 2)
        vec_store_f32x16(sum, target + x)
        x += 16
    }
}

func addWeighted(
    _ field: UnsafePointer<vec_field>?, _ planes: Int64, _ weights: Floats?, _ offset: Int64, _ sums: MutableFloats?
) {
    guard let field = field?.pointee, let weights, let sums else { return }
    let (width, rows, planes) = (Int(field.width), Int(field.rows), Int(planes))
    let step = width * rows
    for y in 0..<rows {
        var x = 0
        while x < width {
            let weight = vec_load_f32x16(weights + y * width + x)
            var sample = field.first + y * Int(field.row) + x + Int(offset)
            var sum = sums + y * width + x
            for _ in 0..<planes {
                vec_store_f32x16(vec_multiply_add(vec_load_f32x16(sample), weight, vec_load_f32x16(sum)), sum)
                sample += Int(field.plane)
                sum += step
            }
            vec_store_f32x16(vec_load_f32x16(sum) + weight, sum)
            x += 16
        }
    }
}

func regress(
    _ fit: UnsafePointer<vec_regression>?, _ weights: Floats?, _ step: Int64, _ columns: Int64,
    _ target: MutableFloats?
) {
    guard let fit, let weights, let target else { return }
    var x: Int64 = 0
    while x < columns {
        vec_regress16(fit, weights, step, x, target)
        x += 16
    }
}
