// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

extension PlainKernels {
    static func addDenoise(to table: inout vec_kernel_table) {
        table.spread = { field, planes, target in
            guard let field = field?.pointee, let target else { return }
            for y in 0..<Int(field.rows) {
                for x in 0..<Int(field.width) {
                    let place = y * Int(field.row) + x
                    target[place] = (0..<Int(planes)).reduce(0) { sum, plane in
                        sum + PlainKernels.spread(field.first + plane * Int(field.plane) + place, Int(field.row))
                    }
                }
            }
        }
        table.patch_weights = { field, planes, variance, mask, offset, share, least, _, target in
            guard let field = field?.pointee, let variance, let mask, let target else { return }
            for y in 0..<Int(field.rows) {
                for x in 0..<Int(field.width) {
                    let place = y * Int(field.row) + x
                    var sum: Float = 0
                    for v in -1...1 {
                        for u in -1...1 {
                            let here = place + v * Int(field.row) + u
                            sum += PlainKernels.distance(
                                field, Int(planes), variance, here, here + Int(offset), share, least)
                        }
                    }
                    target[y * Int(field.width) + x] = exp(-max(0, sum / 9)) * mask[place + Int(offset)]
                }
            }
        }
        table.add_weighted = { field, planes, weights, offset, sums in
            guard let field = field?.pointee, let weights, let sums else { return }
            let (width, step) = (Int(field.width), Int(field.width * field.rows))
            for y in 0..<Int(field.rows) {
                for x in 0..<width {
                    let (weight, target) = (weights[y * width + x], sums + y * width + x)
                    for plane in 0..<Int(planes) {
                        let sample = plane * Int(field.plane) + y * Int(field.row) + x + Int(offset)
                        target[plane * step] += weight * field.first[sample]
                    }
                    target[Int(planes) * step] += weight
                }
            }
        }
        table.regress = { fit, weights, step, columns, target in
            guard let fit = fit?.pointee, let weights, let target else { return }
            for x in 0..<Int(columns) {
                let color = PlainKernels.regress(fit, weights + x, Int(step), x)
                for c in 0..<4 { target[c * Int(step) + x] = color[c] }
            }
        }
    }

    private static func spread(_ center: Floats, _ row: Int) -> Float {
        var (sum, squares): (Float, Float) = (0, 0)
        for v in -1...1 {
            for u in -1...1 {
                let difference = center[v * row + u] - center[0]
                (sum, squares) = (sum + difference, squares + difference * difference)
            }
        }
        return max(0, squares / 9 - sum / 9 * (sum / 9))
    }

    private static func distance(
        _ field: vec_field, _ planes: Int, _ variance: Floats, _ here: Int, _ there: Int, _ share: Float,
        _ least: Float
    ) -> Float {
        var squares: Float = 0
        for plane in 0..<planes {
            let samples = field.first + plane * Int(field.plane)
            squares += (samples[here] - samples[there]) * (samples[here] - samples[there])
        }
        let noise = variance[here] + min(variance[here], variance[there])
        return (squares - noise) / (least + share * (variance[here] + variance[there]))
    }

    /// Normal equations and Gaussian elimination in double precision.
    private static func regress(_ fit: vec_regression, _ weights: Floats, _ step: Int, _ x: Int) -> SIMD4<Float> {
        var rows = [[Double]](repeating: Array(repeating: 0, count: 13), count: 9)
        for k in 0..<Int(fit.count) {
            let (weight, place) = (Double(weights[k * step]), x + Int(fit.offsets[k]))
            var values = (0..<6).map { i in
                Double(fit.noisy[i * Int(fit.plane) + place] - fit.clean[i * Int(fit.plane) + x])
            }
            values += [Double(fit.places[2 * k]), Double(fit.places[2 * k + 1]), 1]
            values += (0..<4).map { Double(fit.color[$0 * Int(fit.plane) + place]) }
            for i in 0..<9 { for j in 0..<13 { rows[i][j] += weight * values[i] * values[j] } }
        }
        let total = rows[8][8]
        for i in 0..<8 { rows[i][i] += total * Double(i < 6 ? fit.guide_ridge : fit.place_ridge) }
        for i in 0..<8 {
            let pivot = max(rows[i][i], 1e-30)
            for j in i + 1..<9 {
                let factor = rows[j][i] / pivot
                for k in i..<13 { rows[j][k] -= factor * rows[i][k] }
            }
        }
        let last = rows[8].map { $0 / max(rows[8][8], 1e-30) }
        return SIMD4(Float(last[9]), Float(last[10]), Float(last[11]), Float(last[12]))
    }
}
