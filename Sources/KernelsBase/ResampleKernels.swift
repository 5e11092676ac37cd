// SPDX-License-Identifier: Apache-2.0
import CVector

func resampleRow(
    _ source: Floats?, _ target: MutableFloats?, _ count: Int64, _ windows: UnsafePointer<vec_window>?,
    _ weights: Floats?
) {
    guard let source, let target, let windows, let weights else { return }
    for i in 0..<Int(count) {
        let window = windows[i]
        var pixel = source + 4 * Int(window.first)
        var weight = weights + Int(window.weights)
        var even = vec_splat(0)
        var odd = vec_splat(0)
        var left = window.count
        while left >= 8 {
            even = vec_multiply_add(vec_load_f32x16(pixel), vec_load_f32x16(weight), even)
            odd = vec_multiply_add(vec_load_f32x16(pixel + 16), vec_load_f32x16(weight + 16), odd)
            pixel += 32
            weight += 32
            left -= 8
        }
        if left >= 4 {
            even = vec_multiply_add(vec_load_f32x16(pixel), vec_load_f32x16(weight), even)
        }
        vec_store_f32x4(vec_fold(even + odd), target + 4 * i)
    }
}

func resampleColumn(
    _ rows: UnsafePointer<Floats?>?, _ weights: Floats?, _ count: Int64, _ target: MutableFloats?, _ samples: Int64
) {
    guard let rows, let weights, let target else { return }
    let (count, samples) = (Int(count), Int(samples))
    var x = 0
    while x + 32 <= samples {
        var low = vec_splat(0)
        var high = vec_splat(0)
        for k in 0..<count {
            guard let row = rows[k] else { continue }
            let weight = vec_splat(weights[k])
            low = vec_multiply_add(vec_load_f32x16(row + x), weight, low)
            high = vec_multiply_add(vec_load_f32x16(row + x + 16), weight, high)
        }
        vec_store_f32x16(low, target + x)
        vec_store_f32x16(high, target + x + 16)
        x += 32
    }
    while x < samples {
        let some = Int64(min(16, samples - x))
        var sum = vec_splat(0)
        for k in 0..<count {
            guard let row = rows[k] else { continue }
            sum = vec_multiply_add(vec_load_some_f32x16(row + x, some), vec_splat(weights[k]), sum)
        }
        vec_store_some_f32x16(sum, target + x, some)
        x += 16
    }
}
