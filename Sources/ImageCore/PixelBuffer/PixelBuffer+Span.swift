// SPDX-License-Identifier: Apache-2.0

extension PixelBuffer {
    /// Every byte of the picture, padding at the rows' ends included.
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeStart: base, byteCount: byteCount)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// Every byte of the picture, to be written to.
    public var mutableBytes: MutableRawSpan {
        @_lifetime(&self)
        mutating get {
            let span = MutableRawSpan(_unsafeStart: base, byteCount: byteCount)
            return _overrideLifetime(span, mutating: &self)
        }
    }

    /// The bytes of one row without its padding; `y` counts from the top.
    @_lifetime(borrow self)
    public func rowBytes(_ y: Int) -> RawSpan {
        precondition(y >= 0 && y < height, "row outside the picture")
        let span = RawSpan(_unsafeStart: row(y), byteCount: rowByteCount)
        return _overrideLifetime(span, borrowing: self)
    }

    /// The bytes of one row without its padding, to be written to; `y` counts from the top.
    @_lifetime(&self)
    public mutating func mutableRowBytes(_ y: Int) -> MutableRawSpan {
        precondition(y >= 0 && y < height, "row outside the picture")
        let span = MutableRawSpan(_unsafeStart: row(y), byteCount: rowByteCount)
        return _overrideLifetime(span, mutating: &self)
    }

    /// The pixels as one array, rows from the top, without padding.
    public func packedBytes() -> [UInt8] {
        let rowBytes = rowByteCount
        return [UInt8](unsafeUninitializedCapacity: rowBytes * height) { target, count in
            guard let start = target.baseAddress, rowBytes > 0 else { return }
            for y in 0..<height {
                UnsafeMutableRawPointer(start + y * rowBytes).copyMemory(from: row(y), byteCount: rowBytes)
            }
            count = rowBytes * height
        }
    }

    /// A picture of tightly packed samples.
    ///
    /// - Parameter packed: `width * height` pixels, rows from the top; traps when the count differs.
    public init(width: Int, height: Int, format: PixelFormat, packed: [UInt8]) {
        self.init(width: width, height: height, format: format)
        precondition(packed.count == byteCount, "bytes do not fill the picture")
        packed.withUnsafeBytes { source in
            if let start = source.baseAddress { base.copyMemory(from: start, byteCount: source.count) }
        }
    }

    /// A picture of tightly packed float samples.
    ///
    /// - Parameter floats: `width * height` pixels of `format`, whose samples are `.float32`; traps when the count
    ///   differs.
    public init(width: Int, height: Int, format: PixelFormat, floats: [Float]) {
        self.init(width: width, height: height, format: format)
        precondition(format.sample == .float32, "float samples need a float format")
        precondition(floats.count * 4 == byteCount, "samples do not fill the picture")
        floats.withUnsafeBytes { source in
            if let start = source.baseAddress { base.copyMemory(from: start, byteCount: source.count) }
        }
    }
}
