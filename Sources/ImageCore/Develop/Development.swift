// SPDX-License-Identifier: Apache-2.0

/// All that happens to a picture between its decoder and its encoders, done in one pass over its rows.
///
/// The order is: light, exposure, tone curve, resize, background, samples. Only a few rows are floats at any time, so
/// that a frame of 8K takes little more memory than its bytes and those of the results.
public struct Development: Sendable, Hashable {
    /// What the samples of the source mean.
    public enum Source: Sendable, Hashable, CaseIterable {
        /// What their format says.
        case picture
        /// An 8-bit picture that Brayns drew over a clear black background: light through Brayns' own curve and
        /// encoding, its colour multiplied by coverage before. Both are undone, which cleans the edges too.
        case braynsFrame
    }

    /// One of the pictures that are made.
    public struct Output: Sendable, Hashable {
        public var width: Int
        public var height: Int
        public var format: PixelFormat
        /// Linear RGB that the picture is put over; `nil` keeps transparency.
        public var background: SIMD3<Float>?

        public init(width: Int, height: Int, format: PixelFormat = .rgba8, background: SIMD3<Float>? = nil) {
            precondition(width >= 0 && height >= 0, "negative extent")
            (self.width, self.height, self.format, self.background) = (width, height, format, background)
        }
    }

    public var source = Source.picture
    public var settings = DevelopSettings()
    public var filter = ResampleFilter.lanczos3
    /// Gamma space is for comparisons with other programs only; exposure and tone curve are of light, so they and
    /// `.braynsFrame` always mix light.
    public var space = ResampleSpace.linearLight
    public var outputs: [Output]

    public init(outputs: [Output]) { self.outputs = outputs }

    /// The space in which pixels are mixed.
    package var transfer: PixelFormat.Transfer {
        source == .picture && settings.isNeutral ? space.transfer : .linear
    }

    /// The format that rows have to be in.
    package func readable(_ format: PixelFormat) -> PixelFormat {
        source == .picture || format == .rgb8 ? format : .rgba8
    }

    func reader(of format: PixelFormat) -> PieceReader {
        let kernels = KernelSet.current.table
        switch source {
        case .picture: return PieceReader(format, transfer: transfer, settings: settings, kernels: kernels)
        case .braynsFrame: return PieceReader(braynsFrame: format, settings: settings, kernels: kernels)
        }
    }

    /// The pictures to be filled; those of a source without pixels stay zero.
    package func targets(hasSource: Bool) -> PixelBufferList {
        PixelBufferList(count: outputs.count) {
            let (width, height, format) = (outputs[$0].width, outputs[$0].height, outputs[$0].format)
            return hasSource
                ? PixelBuffer(unfilledWidth: width, height: height, format: format)
                : PixelBuffer(width: width, height: height, format: format)
        }
    }

    /// How rows of a source reach the pictures; none of a source or a picture that is empty.
    func outputs(
        from format: PixelFormat, width: Int, height: Int, to targets: borrowing PixelBufferList
    ) -> [RowPass.Output] {
        guard width > 0, height > 0 else { return [] }
        var result: [RowPass.Output] = []
        for (index, output) in outputs.enumerated() where output.width > 0 && output.height > 0 {
            result.append(
                RowPass.Output(
                    way: way(of: output, from: format, width: width, height: height),
                    writer: RowWriter(
                        output.format, transfer: transfer, premultiplied: true, kernels: KernelSet.current.table),
                    background: output.background, target: RowAddress(targets[index])))
        }
        return result
    }

    private func way(of output: Output, from format: PixelFormat, width: Int, height: Int) -> RowPass.Output.Way {
        guard output.width == width, output.height == height else {
            return .resized(
                ResamplePlan(from: (width, height), to: (output.width, output.height), filter: filter))
        }
        if source == .picture, settings.isNeutral, output.background == nil {
            return .converted(ConversionPlan(from: format, to: output.format))
        }
        return .sameSize
    }
}

extension PixelBuffer {
    /// The finished pictures, one for each output, from one pass over this one.
    ///
    /// - Returns: pictures in the order of the outputs; empty ones where this picture or an output is empty.
    public func developed(_ development: Development) -> PixelBufferList {
        if development.readable(format) != format {
            return converted(to: development.readable(format)).developed(development)
        }
        let targets = development.targets(hasSource: width > 0 && height > 0)
        let outputs = development.outputs(from: format, width: width, height: height, to: targets)
        if !outputs.isEmpty { run(development.reader(of: format), outputs) }
        return targets
    }

    /// Runs the bands of all outputs over the threads; a band reads the rows at its ends anew.
    private func run(_ reader: PieceReader, _ outputs: [RowPass.Output]) {
        let heights = outputs.map { $0.rows(sourceHeight: height) }
        let shortest = heights.min() ?? 1
        let bands = max(1, min(WorkerPool.shared.threads, shortest / 16))
        let (width, from) = (self.width, RowAddress(self))
        WorkerPool.shared.run(bands) { band in
            let rows = heights.map { (band * $0 / bands)..<((band + 1) * $0 / bands) }
            let pass = RowPass(
                width: width, reader: reader, outputs: outputs, rows: rows, kernels: KernelSet.current.table)
            let source = pass.sourceRows()
            pass.add(from.row(source.lowerBound), stride: from.stride, rows: source)
        }
    }
}
