// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore

/// Finds out on a few rows of a stretch how all of it is best filtered and packed.
///
/// No rule of thumb tells that flat pictures with fine lines are smallest unfiltered, or that noise is smaller without
/// matches: packing a sample does.
struct StripTrial {
    /// How a strip is written.
    struct Plan: Equatable {
        var choice: PNGFilterStage.Choice
        /// libdeflate's level; 0 where only runs of zeros are looked for.
        var level: Int32

        /// Whether libdeflate packs it.
        var searchesMatches: Bool { level > 0 }
    }

    let stage: PNGFilterStage
    /// Whether more filters are tried, on more rows and with more effort.
    let isThorough: Bool

    private var candidates: [PNGFilterStage.Choice] {
        let few: [PNGFilterStage.Choice] = [.cheapest, .always(0)]
        return isThorough ? few + [.always(1), .always(2), .always(3), .always(4)] : few
    }

    /// libdeflate's level for strips.
    private var level: Int32 { isThorough ? 8 : 6 }

    /// Its level for samples: which filter is best hardly depends on it, and the work is in vain.
    private var sampleLevel: Int32 { isThorough ? 5 : 4 }

    /// Its level where runs of zeros make up most of a strip, if any: higher ones go through all of them for little.
    private var levelBetweenRuns: Int32? { isThorough ? 7 : nil }

    /// What a size by runs of zeros has to stay below, as a share of the sample's size with matches: the strip's own level
    /// finds better matches than the sample's.
    private var runsLimit: Double { isThorough ? 0.95 : 0.98 }

    /// Rows of one stretch.
    private static let stretch = 16

    func plan(_ range: Range<Int>, _ arena: CodecArena) -> Plan {
        // Names of colours have nothing to do with their neighbours' names.
        if stage.rows.colorType == .palette { return Plan(choice: .always(0), level: level) }
        let sample = sampledRows(range)
        guard sample.count < range.count else { return Plan(choice: .cheapest, level: level) }
        var best = Plan(choice: .cheapest, level: level)
        var (least, runs) = (Int.max, Int.max)
        for choice in candidates {
            let filtered = filtered(sample, by: choice, arena)
            let matches = packedSize(filtered, level: sampleLevel, arena)
            if matches < least { (best.choice, least) = (choice, matches) }
            guard choice == .cheapest else { continue }
            let room = arena.room(.packed, RunDeflater.bound(filtered.count))
            runs = RunDeflater(kernels: stage.kernels).pack(filtered, isLast: true, into: room)
        }
        guard Double(runs) < Double(least) * runsLimit else { return best }
        if let quick = levelBetweenRuns, packedSize(filtered(sample, by: .cheapest, arena), level: quick, arena) < runs
        {
            return Plan(choice: .cheapest, level: quick)
        }
        return Plan(choice: .cheapest, level: 0)
    }

    private func filtered(
        _ rows: [Int], by choice: PNGFilterStage.Choice, _ arena: CodecArena
    ) -> UnsafeBufferPointer<UInt8> {
        let size = rows.count * stage.filteredRowBytes
        let target = arena.room(.filtered, size + 64)
        stage.filter(rows, by: choice, into: target)
        return UnsafeBufferPointer(start: target, count: size)
    }

    /// The size of bytes with matches; as large as can be where they cannot be packed.
    private func packedSize(_ bytes: UnsafeBufferPointer<UInt8>, level: Int32, _ arena: CodecArena) -> Int {
        guard let deflater = arena.compressor(level) else { return .max }
        let bound = libdeflate_deflate_compress_bound(deflater, bytes.count)
        let room = arena.room(.packed, bound)
        let size = libdeflate_deflate_compress(deflater, bytes.baseAddress, bytes.count, room, bound)
        return size > 0 ? size : .max
    }

    /// Rows in stretches, since a row is packed with those above it in sight.
    private func sampledRows(_ range: Range<Int>) -> [Int] {
        let stretches = isThorough ? 2 : 1
        return (0..<stretches).flatMap { index in
            let middle = range.lowerBound + (2 * index + 1) * range.count / (2 * stretches)
            let first = max(range.lowerBound, middle - Self.stretch / 2)
            return Array(first..<min(range.upperBound, first + Self.stretch))
        }
    }
}
