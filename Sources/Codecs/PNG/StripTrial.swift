// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore

/// Finds out on a few rows of a strip how all of it is best filtered and packed.
///
/// No rule of thumb tells that flat pictures with fine lines are smallest unfiltered, or that noise is smaller without
/// matches: packing a sample does.
struct StripTrial {
    /// How a strip is written.
    struct Plan: Equatable {
        var choice: PNGFilterStage.Choice
        /// Whether libdeflate packs it; otherwise only runs of zeros are looked for.
        var searchesMatches: Bool
    }

    let stage: PNGFilterStage
    /// Whether more filters are tried, on more rows and with more effort.
    let isThorough: Bool

    private var candidates: [PNGFilterStage.Choice] {
        let few: [PNGFilterStage.Choice] = [.cheapest, .always(0)]
        return isThorough ? few + [.always(1), .always(2), .always(3), .always(4)] : few
    }

    /// libdeflate's level for samples: which filter is best hardly depends on it, and the work is in vain.
    private var level: Int32 { isThorough ? 5 : 4 }

    /// What a size by runs of zeros has to stay below, in hundredths of the sample's size with matches: the strip's own
    /// level finds better matches than the sample's.
    private var runsLimit: Int { isThorough ? 95 : 98 }

    /// Rows of one stretch.
    private static let stretch = 16

    func plan(_ range: Range<Int>, _ arena: CodecArena) -> Plan {
        // Names of colours have nothing to do with their neighbours' names.
        if stage.rows.colorType == .palette { return Plan(choice: .always(0), searchesMatches: true) }
        let sample = sampledRows(range)
        guard sample.count < range.count, let deflater = arena.compressor(level) else {
            return Plan(choice: .cheapest, searchesMatches: true)
        }
        var best = Plan(choice: .cheapest, searchesMatches: true)
        var (least, runs) = (Int.max, Int.max)
        for choice in candidates {
            let size = sample.count * stage.filteredRowBytes
            let filtered = arena.room(.filtered, size + 64)
            stage.filter(sample, by: choice, into: filtered)
            let bound = max(
                libdeflate_deflate_compress_bound(deflater, size), RunDeflater.bound(size))
            let room = arena.room(.packed, bound)
            let matches = libdeflate_deflate_compress(deflater, filtered, size, room, bound)
            if matches > 0, matches < least { (best, least) = (Plan(choice: choice, searchesMatches: true), matches) }
            guard choice == .cheapest else { continue }
            runs = RunDeflater(kernels: stage.kernels).pack(
                UnsafeBufferPointer(start: filtered, count: size), isLast: true, into: room)
        }
        return runs * 100 < least * runsLimit ? Plan(choice: .cheapest, searchesMatches: false) : best
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
