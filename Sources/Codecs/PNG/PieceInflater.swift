// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Unfolds the pixels' stream of a PNG piece by piece: slower than libdeflate, which wants room for all of it at once.
struct PieceInflater: ~Copyable {
    private let state: UnsafeMutablePointer<z_stream>
    private let bytes: [UInt8]
    /// What is left of the stream.
    private var parts: ArraySlice<Range<Int>>
    private var room = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

    /// - Parameters:
    ///   - bytes: the file.
    ///   - parts: where the stream lies in it.
    /// - Returns: `nil` without memory for the work.
    init?(_ bytes: [UInt8], parts: [Range<Int>]) {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        guard inflateInit_(state, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            state.deallocate()
            return nil
        }
        (self.bytes, self.parts) = (bytes, parts[...])
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
        room.deallocate()
    }

    /// The next bytes, valid until the next call; `nil` when there are not so many.
    ///
    /// - Parameter isLast: whether the stream has to end behind them.
    mutating func next(_ count: Int, isLast: Bool) -> UnsafePointer<UInt8>? {
        let wanted = isLast ? count + 1 : count
        if room.count < wanted {
            room.deallocate()
            room = .allocate(capacity: wanted)
        }
        var done = 0
        while done < wanted {
            guard let part = parts.popFirst() else { return nil }
            let (used, made, status) = unfold(part, into: UnsafeMutableBufferPointer(rebasing: room[done..<wanted]))
            done += made
            if status == Z_STREAM_END { break }
            guard status == Z_OK || status == Z_BUF_ERROR, used + made > 0 || part.isEmpty else { return nil }
            if used < part.count { parts = [part.dropFirst(used)] + parts }
        }
        return done == count ? UnsafePointer(room.baseAddress) : nil
    }

    private func unfold(
        _ part: Range<Int>, into target: UnsafeMutableBufferPointer<UInt8>
    ) -> (used: Int, made: Int, status: Int32) {
        bytes.withUnsafeBufferPointer { bytes in
            // A chunk's length has 31 bits, and so has a band's.
            state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress! + part.lowerBound)
            state.pointee.avail_in = UInt32(part.count)
            state.pointee.next_out = target.baseAddress
            state.pointee.avail_out = UInt32(target.count)
            let status = inflate(state, Z_NO_FLUSH)
            return (part.count - Int(state.pointee.avail_in), target.count - Int(state.pointee.avail_out), status)
        }
    }
}
