// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// All that a device does with frames of one kind: made once, used for every frame that is alike.
struct FramePlan: Sendable {
    /// What tells frames apart.
    struct Kind: Sendable, Hashable {
        var width: Int
        var height: Int
        var format: PixelFormat
        var development: Development
        /// How noise is taken out before anything else is done; the frame is linear light then.
        var denoise: Denoise?
        /// Linear straight RGBA that is no content.
        var background: SIMD4<Float>?

        var pixels: Int { width * height }
    }

    /// One shader over some items.
    struct Pass: Sendable, Hashable {
        var shader: Shader
        /// Invocations; 64 to a group.
        var invocations: Int
        var order: PassOrder
    }

    /// Bytes that the buffers need.
    struct Sizes: Sendable, Hashable {
        var source = 0
        var light = 0
        var sums = 0
        var numbers = 0
        var result = 0
        /// Of the denoiser: what was sent, guides, those over more samples, those without noise, and variances.
        var planes = 0
        var guides = 0
        var fine = 0
        var clean = 0
        var noise = 0
    }

    /// Pixels that one group of the statistics looks at, and words that it leaves.
    static let statisticsPixels = 4096
    static let statisticsWords = 24
    /// Bytes of floats that a band may take: what Vulkan promises of every device, and room for a whole frame of 4K.
    static let bandBytes = 128 << 20

    let kind: Kind
    var passes: [Pass] = []
    private(set) var numbers: [UInt32] = []
    var sizes = Sizes()
    /// Where each output begins in the result, in bytes.
    private(set) var places: [Int] = []
    private(set) var statisticsPlace = 0
    var statisticsGroups: Int { (kind.pixels + Self.statisticsPixels - 1) / Self.statisticsPixels }

    /// Rows of the source that the band of light holds.
    var lit = 0..<0
    let mostBytes: Int
    private let bandBytes: Int

    /// - Parameters:
    ///   - kind: of a source with pixels.
    ///   - mostBytes: of one buffer.
    ///   - bandBytes: of a band of floats.
    /// - Throws: `ComputeError` with `.tooLarge`.
    init(_ kind: Kind, mostBytes: Int, bandBytes: Int = FramePlan.bandBytes) throws(ComputeError) {
        (self.kind, self.mostBytes, self.bandBytes) = (kind, mostBytes, min(bandBytes, mostBytes))
        addTables()
        addStatistics()
        if let denoise = kind.denoise { try addDenoise(denoise) }
        for output in kind.development.outputs {
            places.append(sizes.result)
            guard output.width > 0, output.height > 0 else { continue }
            let bytes = (output.width * output.height + 3) / 4 * 4 * output.format.bytesPerPixel
            if output.width == kind.width, output.height == kind.height {
                addDirect(output)
            } else {
                try addResize(output)
            }
            sizes.result += (bytes + 15) / 16 * 16
        }
        sizes.source = (kind.pixels * kind.format.bytesPerPixel + 3) / 4 * 4
        sizes.numbers = 4 * numbers.count
        for bytes in [sizes.source, sizes.result, sizes.numbers] where bytes > mostBytes { throw tooLarge(bytes) }
    }

    func tooLarge(_ bytes: Int) -> ComputeError {
        ComputeError(
            .tooLarge,
            "A picture of \(kind.width)x\(kind.height) needs \(bytes) bytes at once; the Vulkan device can address "
                + "\(mostBytes).")
    }

    /// The light behind Brayns' codes; other frames need none.
    private mutating func addTables() {
        guard kind.development.source == .braynsFrame else { return numbers = [0] }
        let light = BraynsLight(kind.development.settings)
        numbers = (light.scene + light.opaque).map(\.bitPattern)
    }

    private mutating func addStatistics() {
        var order = order()
        order.way = []
        if let background = kind.background { order.setBackground(StatisticsScan.stored(background, in: kind.format)) }
        order.items = UInt32(kind.pixels)
        order.place = UInt32(sizes.result / 4)
        statisticsPlace = sizes.result
        passes.append(Pass(shader: .statistics, invocations: 64 * statisticsGroups, order: order))
        sizes.result += 4 * Self.statisticsWords * statisticsGroups
    }

    /// What all passes of this frame are told.
    func order(_ output: Development.Output? = nil) -> PassOrder {
        let (development, format) = (kind.development, kind.format)
        var order = PassOrder()
        order.width = UInt32(kind.width)
        order.sourceFormat = PassOrder.code(format)
        order.way = [.multiplies]
        if development.transfer == .linear { order.way.insert(.mixesLight) }
        if !development.settings.isNeutral { order.way.insert(.develops) }
        if development.source == .braynsFrame { order.way.insert(.braynsFrame) }
        order.curve = development.settings.toneMap.curve
        order.exposure = development.settings.factor
        guard let output else { return order }
        order.targetWidth = UInt32(output.width)
        order.targetFormat = PassOrder.code(output.format)
        order.place = UInt32(sizes.result / 4)
        if let color = output.background { order.setBackground(SIMD4(color, 1)) }
        return order
    }

    private mutating func addDirect(_ output: Development.Output) {
        var order = order(output)
        let development = kind.development
        if kind.denoise != nil {
            order.way.insert(.fromLight)
        } else if development.source == .picture, development.settings.isNeutral, output.background == nil {
            // Samples in another format: the way on which they lose least.
            let way = ConversionPlan(from: kind.format, to: output.format)
            order.way = []
            if way.transfer == .linear { order.way.insert(.mixesLight) }
            if way.isPremultiplied { order.way.insert(.multiplies) }
        }
        order.items = UInt32(kind.pixels)
        passes.append(Pass(shader: .direct, invocations: (kind.pixels + 3) / 4, order: order))
    }

    private mutating func addResize(_ output: Development.Output) throws(ComputeError) {
        let filter = kind.development.filter
        let down = ResampleWindows(source: kind.height, target: output.height, filter: filter)
        let across = ResampleWindows(source: kind.width, target: output.width, filter: filter)
        var order = order(output)
        order.rowWindows = UInt32(addWindows(down))
        order.columnWindows = UInt32(addWindows(across))
        var start = 0
        while start < output.height {
            let (end, source) = try band(from: start, of: output.height, down)
            light(source)
            order.firstRow = UInt32(lit.lowerBound)
            order.targetRow = UInt32(start)
            order.items = UInt32((end - start) * kind.width)
            passes.append(Pass(shader: .down, invocations: Int(order.items), order: order))
            sizes.sums = max(sizes.sums, 16 * Int(order.items))
            order.items = UInt32((end - start) * output.width)
            passes.append(Pass(shader: .across, invocations: (Int(order.items) + 3) / 4, order: order))
            start = end
        }
    }

    /// The target rows that can be made at once, four by four so that they end on whole words, and their source rows.
    private func band(
        from start: Int, of height: Int, _ windows: ResampleWindows
    ) throws(ComputeError) -> (end: Int, source: Range<Int>) {
        let row = 16 * kind.width
        let first = windows.windows[start].first
        var (end, last) = (start, first)
        while end < height {
            let next = min(end + 4, height)
            let needed = windows.windows[end..<next].map(\.end).max() ?? last
            let bytes = row * max(next - start, max(last, needed) - first)
            if bytes > bandBytes {
                if end == start { throw tooLarge(bytes) }
                break
            }
            (end, last) = (next, max(last, needed))
        }
        return (end, first..<last)
    }

    /// Makes light of source rows, unless it is there; of the whole source where that fits, for outputs that follow.
    private mutating func light(_ rows: Range<Int>) {
        if !lit.isEmpty, lit.lowerBound <= rows.lowerBound, rows.upperBound <= lit.upperBound { return }
        lit = 16 * kind.pixels <= bandBytes ? 0..<kind.height : rows
        var order = order()
        order.firstRow = UInt32(lit.lowerBound)
        order.items = UInt32(lit.count * kind.width)
        passes.append(Pass(shader: .light, invocations: Int(order.items), order: order))
        sizes.light = max(sizes.light, 16 * Int(order.items))
    }

    /// Three numbers for every window, and its weights, which windows of one shape share.
    private mutating func addWindows(_ windows: ResampleWindows) -> Int {
        let place = numbers.count
        var weights: [UInt32] = []
        var starts: [Int: Int] = [:]
        for window in windows.windows {
            let start = starts[window.shape] ?? weights.count
            if start == weights.count { weights += window.weights.map { Float($0).bitPattern } }
            starts[window.shape] = start
            numbers += [window.first, window.weights.count, place + 3 * windows.windows.count + start]
                .map { UInt32($0) }
        }
        numbers += weights
        return place
    }
}
