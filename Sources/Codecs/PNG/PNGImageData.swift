// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CVector
import ImageCore

/// The zlib stream of a PNG's pixels, made here instead of in libpng: strips of rows that threads pack side by side.
///
/// Where a strip ends depends on the picture alone, so the bytes are the same for any number of threads.
struct PNGImageData: Sendable {
    private let stage: PNGFilterStage
    private let compression: PNGCompression

    init(_ rows: PNGRows, _ compression: PNGCompression, kernels: KernelSet = .current) {
        stage = PNGFilterStage(rows: rows, kernels: kernels.table)
        self.compression = compression
    }

    /// The two bytes ahead of the parts.
    var streamHeader: [UInt8] {
        switch compression {
        case .fast: [0x78, 0x01]
        case .balanced: [0x78, 0x9C]
        case .small: [0x78, 0xDA]
        }
    }

    /// - Throws: `CodecError` with code `.encoding` when there is no memory for the work.
    func parts(_ pool: WorkerPool = .shared) throws(CodecError) -> [StreamPart] {
        let strips = stripCount(try filteredBytes())
        let plans = plans(strips, pool)
        // Those that take longest come first, so that no thread begins one when the others are done. It changes no byte.
        let order = (0..<strips).sorted { plans[$0 / Self.planned].seconds > plans[$1 / Self.planned].seconds }
        var packed = [StreamPart?](repeating: nil, count: strips)
        packed.withUnsafeMutableBufferPointer { packed in
            nonisolated(unsafe) let packed = packed
            pool.run(strips) { turn in
                let strip = order[turn]
                packed[strip] = CodecArena.borrow {
                    pack(rows(of: strip, strips), by: plans[strip / Self.planned].plan, isLast: strip == strips - 1, $0)
                }
            }
        }
        let whole = packed.compactMap(\.self)
        guard whole.count == strips else { throw CodecError(.encoding, "There is no memory for the PNG encoder.") }
        return whole
    }

    /// Strips that share one trial: it costs as much as packing a sixth of a strip.
    private static let planned = 2

    /// How strips are packed, and what finding it out on a sample took; the fast level does not try.
    private func plans(_ strips: Int, _ pool: WorkerPool) -> [(plan: StripTrial.Plan, seconds: Double)] {
        let usual = StripTrial.Plan(choice: stage.usualChoice, level: 0)
        var plans = [(plan: StripTrial.Plan, seconds: Double)](
            repeating: (usual, 0), count: (strips + Self.planned - 1) / Self.planned)
        guard compression != .fast else { return plans }
        let trial = StripTrial(stage: stage, isThorough: compression == .small)
        plans.withUnsafeMutableBufferPointer { plans in
            nonisolated(unsafe) let plans = plans
            pool.run(plans.count) { index in
                let last = min(strips, (index + 1) * Self.planned) - 1
                let range = rows(of: index * Self.planned, strips).lowerBound..<rows(of: last, strips).upperBound
                let start = ContinuousClock.now
                plans[index].plan = CodecArena.borrow { trial.plan(range, $0) }
                plans[index].seconds = (ContinuousClock.now - start) / .seconds(1)
            }
        }
        return plans
    }

    private func rows(of strip: Int, _ strips: Int) -> Range<Int> {
        let height = stage.rows.height
        return (strip * height / strips)..<((strip + 1) * height / strips)
    }

    /// The zlib stream that stb_image_write makes of these rows.
    func chained() throws(CodecError) -> [UInt8] {
        let height = stage.rows.height
        let size = try filteredBytes()
        return CodecArena.borrow { arena in
            nonisolated(unsafe) let start = arena.room(.filtered, size + 64)
            WorkerPool.shared.runBands(height, minimum: max(1, (256 << 10) / stage.filteredRowBytes)) { range in
                stage.filter(range, by: .leastSum, into: start + range.lowerBound * stage.filteredRowBytes)
            }
            return ChainDeflater.stream(of: UnsafeBufferPointer(start: start, count: size))
        }
    }

    private func filteredBytes() throws(CodecError) -> Int {
        let (bytes, overflow) = stage.filteredRowBytes.multipliedReportingOverflow(by: stage.rows.height)
        guard !overflow else { throw CodecError(.encoding, "The picture is too large for a PNG.") }
        return bytes
    }

    /// The fast level's strips have a code each and stay in a processor's cache; the others look back 32 KiB, so that
    /// long strips lose little at their beginnings. Even numbers suit two threads, and as strips differ in what they
    /// take, several a thread leave none of them waiting for long.
    private func stripCount(_ bytes: Int) -> Int {
        let pair = compression == .fast ? 1536 << 10 : 2 << 20
        return max(1, min(stage.rows.height, bytes <= pair / 2 ? 1 : 2 * ((bytes + pair - 1) / pair)))
    }

    private func pack(
        _ range: Range<Int>, by plan: StripTrial.Plan, isLast: Bool, _ arena: CodecArena
    ) -> StreamPart? {
        guard plan.searchesMatches else { return packRuns(range, by: plan.choice, isLast: isLast, arena) }
        return packMatches(range, by: plan.choice, isLast: isLast, arena, level: plan.level)
    }

    /// Filters rows into the arena.
    private func filtered(
        _ range: Range<Int>, by choice: PNGFilterStage.Choice, _ arena: CodecArena
    ) -> UnsafeBufferPointer<UInt8> {
        let size = range.count * stage.filteredRowBytes
        let target = arena.room(.filtered, size + 64)
        stage.filter(range, by: choice, into: target)
        return UnsafeBufferPointer(start: target, count: size)
    }

    private func packRuns(
        _ range: Range<Int>, by choice: PNGFilterStage.Choice, isLast: Bool, _ arena: CodecArena
    ) -> StreamPart {
        let bytes = filtered(range, by: choice, arena)
        let room = arena.room(.packed, RunDeflater.bound(bytes.count))
        let count = RunDeflater(kernels: stage.kernels).pack(bytes, isLast: isLast, into: room)
        return StreamPart(Array(UnsafeBufferPointer(start: room, count: count)), of: bytes)
    }

    private func packMatches(
        _ range: Range<Int>, by choice: PNGFilterStage.Choice, isLast: Bool, _ arena: CodecArena, level: Int32
    ) -> StreamPart? {
        guard let deflater = arena.compressor(level) else { return nil }
        let bytes = filtered(range, by: choice, arena)
        let bound = libdeflate_deflate_compress_bound(deflater, bytes.count)
        let room = arena.room(.packed, bound)
        let count = libdeflate_deflate_compress(deflater, bytes.baseAddress, bytes.count, room, bound)
        guard count > 0 else { return nil }
        var packed = Array(UnsafeBufferPointer(start: room, count: count))
        if !isLast {
            guard let end = DeflateWalk.lastBlock(of: packed) else { return nil }
            packed[end.finalBit >> 3] &= ~(1 << UInt8(end.finalBit & 7))
            // An empty stored block, whose header may still fit, leads to the next byte.
            if end.endBit + 3 > 8 * packed.count { packed.append(0) }
            packed += [0, 0, 0xFF, 0xFF]
        }
        return StreamPart(packed, of: bytes)
    }
}
