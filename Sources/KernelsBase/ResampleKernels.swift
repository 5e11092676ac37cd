// SPDX-License-Identifier: Apache-2.0
import CVector

func resampleRow(
    _ source: Floats?, _ target: MutableFloats?, _ count: Int64, _ windows: UnsafePointer<vec_window>?,
    _ weights: Floats?, _ taps: Int64
) {
    guard let source, let target, let windows, let weights else { return }
    let (count, taps) = (Int(count), Int(taps))
    var i = 0
    // Four windows at a time: sums that do not wait for each other, and one store.
    while i + 4 <= count {
        let (p0, w0) = (source + 4 * Int(windows[i].first), weights + Int(windows[i].weights))
        let (p1, w1) = (source + 4 * Int(windows[i + 1].first), weights + Int(windows[i + 1].weights))
        let (p2, w2) = (source + 4 * Int(windows[i + 2].first), weights + Int(windows[i + 2].weights))
        let (p3, w3) = (source + 4 * Int(windows[i + 3].first), weights + Int(windows[i + 3].weights))
        var (s0, s1, s2, s3) = (vec_splat(0), vec_splat(0), vec_splat(0), vec_splat(0))
        var k = 0
        while k < taps {
            s0 = vec_multiply_add(vec_load_f32x16(p0 + 4 * k), vec_spread_weights(w0 + k), s0)
            s1 = vec_multiply_add(vec_load_f32x16(p1 + 4 * k), vec_spread_weights(w1 + k), s1)
            s2 = vec_multiply_add(vec_load_f32x16(p2 + 4 * k), vec_spread_weights(w2 + k), s2)
            s3 = vec_multiply_add(vec_load_f32x16(p3 + 4 * k), vec_spread_weights(w3 + k), s3)
            k += 4
        }
        vec_store_f32x16(vec_fold_four(s0, s1, s2, s3), target + 4 * i)
        i += 4
    }
    while i < count {
        let (pixels, weight) = (source + 4 * Int(windows[i].first), weights + Int(windows[i].weights))
        var sum = vec_splat(0)
        var k = 0
        while k < taps {
            sum = vec_multiply_add(vec_load_f32x16(pixels + 4 * k), vec_spread_weights(weight + k), sum)
            k += 4
        }
        vec_store_f32x4(vec_fold(sum), target + 4 * i)
        i += 1
    }
}

func resampleColumn(
    _ source: Floats?, _ stride: Int64, _ weights: Floats?, _ rows: Int64, _ target: MutableFloats?, _ samples: Int64,
    _ adds: Int32
) {
    guard let source, let weights, let target else { return }
    let (stride, rows, samples, adds) = (Int(stride), Int(rows), Int(samples), adds != 0)
    var x = 0
    while x + 64 <= samples {
        var (s0, s1, s2, s3) = (vec_splat(0), vec_splat(0), vec_splat(0), vec_splat(0))
        if adds {
            (s0, s1) = (vec_load_f32x16(target + x), vec_load_f32x16(target + x + 16))
            (s2, s3) = (vec_load_f32x16(target + x + 32), vec_load_f32x16(target + x + 48))
        }
        var row = source + x
        for k in 0..<rows {
            let weight = vec_splat(weights[k])
            s0 = vec_multiply_add(vec_load_f32x16(row), weight, s0)
            s1 = vec_multiply_add(vec_load_f32x16(row + 16), weight, s1)
            s2 = vec_multiply_add(vec_load_f32x16(row + 32), weight, s2)
            s3 = vec_multiply_add(vec_load_f32x16(row + 48), weight, s3)
            row += stride
        }
        vec_store_f32x16(s0, target + x)
        vec_store_f32x16(s1, target + x + 16)
        vec_store_f32x16(s2, target + x + 32)
        vec_store_f32x16(s3, target + x + 48)
        x += 64
    }
    while x < samples {
        let some = Int64(min(16, samples - x))
        var sum = adds ? vec_load_some_f32x16(target + x, some) : vec_splat(0)
        for k in 0..<rows {
            sum = vec_multiply_add(vec_load_some_f32x16(source + k * stride + x, some), vec_splat(weights[k]), sum)
        }
        vec_store_some_f32x16(sum, target + x, some)
        x += 16
    }
}
