// SPDX-License-Identifier: Apache-2.0
import Models

/// Values that change with time, shown as colours of a model's parts.
struct ModelSimulation: Sendable {
    var start: Double
    var end: Double
    var step: Double
    var unit: String
    var isEnabled = true
    /// For each part the place of its value in a range, 0 to 255, at a time.
    var indices: @Sendable (_ time: Double, _ range: SIMD2<Float>) throws -> [UInt8]
    /// What the colours were made for last.
    var shown: Shown?

    /// A frame and the ramp it was shown in.
    struct Shown: Sendable, Hashable {
        var frame: Int
        var ramp: ColorRamp
    }

    /// The time of a frame within the model's own.
    func time(ofFrame frame: Int, step sceneStep: Double) -> Double {
        let step = sceneStep.nextUp
        let time = Double(frame) * step
        if time < start { return start }
        return min(time, end - step)
    }
}

extension ColorRamp {
    /// The ramp at 256 places, the first at the start of the range.
    var palette: [SIMD4<Float>] {
        let step = (range.y - range.x) / 256
        return (0..<256).map { color(range.x + step * Float($0)) }
    }
}
