// SPDX-License-Identifier: Apache-2.0

/// A development whose source comes in bands of rows, from the top; what comes out is what `developed` gives for the
/// whole picture, to the last bit.
package struct DevelopmentStream: ~Copyable {
    private let targets: PixelBufferList
    private let pass: RowPass
    private let readable: PixelFormat
    private var next = 0

    /// - Parameter format: that of every band.
    package init(_ development: Development, width: Int, height: Int, format: PixelFormat) {
        let readable = development.readable(format)
        // Zero until rows come: nothing old shows where they do not.
        let targets = development.targets(hasSource: false)
        let outputs = development.outputs(from: readable, width: width, height: height, to: targets)
        pass = RowPass(
            width: width, reader: development.reader(of: readable), outputs: outputs,
            rows: outputs.map { 0..<$0.rows(sourceHeight: height) }, kernels: KernelSet.current.table)
        self.targets = targets
        self.readable = readable
    }

    /// Takes the next rows.
    package mutating func add(_ band: borrowing PixelBuffer) {
        if band.format == readable {
            pass.add(band.base, stride: band.stride, rows: next..<next + band.height)
        } else {
            let converted = band.converted(to: readable)
            pass.add(converted.base, stride: converted.stride, rows: next..<next + band.height)
        }
        next += band.height
    }

    /// The finished pictures, in the order of the outputs.
    package consuming func finish() -> PixelBufferList { targets }
}
