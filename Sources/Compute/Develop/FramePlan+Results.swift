// SPDX-License-Identifier: Apache-2.0
import ImageCore

extension FramePlan {
    /// The pictures that lie in a result.
    func pictures(in result: UnsafeRawPointer) -> PixelBufferList {
        let outputs = kind.development.outputs
        return PixelBufferList(count: outputs.count) { index in
            let output = outputs[index]
            let picture = PixelBuffer(unfilledWidth: output.width, height: output.height, format: output.format)
            picture.base.copyMemory(from: result + places[index], byteCount: picture.byteCount)
            return picture
        }
    }

    /// What the groups of the statistics left in a result.
    func statistics(in result: UnsafeRawPointer) -> PixelStatistics {
        var total = StatisticsScan.Part()
        for group in 0..<statisticsGroups {
            total.merge(part(result + statisticsPlace + 4 * Self.statisticsWords * group))
        }
        return total.summary(pixels: kind.pixels, hasAlpha: kind.format.channels.hasAlpha)
    }

    private func part(_ words: UnsafeRawPointer) -> StatisticsScan.Part {
        func vector(_ index: Int) -> SIMD4<Float> {
            words.loadUnaligned(fromByteOffset: 16 * index, as: SIMD4<Float>.self)
        }
        func count(_ index: Int) -> Int { Int(words.loadUnaligned(fromByteOffset: 80 + 4 * index, as: UInt32.self)) }
        var part = StatisticsScan.Part()
        (part.minimum, part.maximum) = (vector(0), vector(1))
        (part.leastColor, part.mostColor) = (vector(2), vector(3))
        part.sum = SIMD4<Double>(vector(4))
        (part.broken, part.foreground, part.visible) = (count(0), count(1), count(2))
        return part
    }
}
