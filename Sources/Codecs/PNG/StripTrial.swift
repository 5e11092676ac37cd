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
    let level: Int32
    /// Whether more filters are tried, on more rows.
    let isThorough: Bool

    private var candidates: [PNGFilterStage.Choice] {
        let few: [PNGFilterStage.Choice] = [.cheapest, .always(0), .always(1)]
        return isThorough ? few + [.always(2), .always(3), .always(4)] : few
    }

    /// Rows of one stretch.
    private static let stretch = 16

    func plan(_ range: Range<Int>, _ arena: CodecArena, _ deflater: OpaquePointer) -> Plan {
        // Names of colours have nothing to do with their neighbours' names.
        if stage.rows.colorType == .palette { return Plan(choice: .always(0), searchesMatches: true) }
        let sample = sampledRows(range)
        guard sample.count < range.count else { return Plan(choice: .cheapest, searchesMatches: true) }
        var best = Plan(choice: .cheapest, searchesMatches: true)
        var least = Int.max
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
            let runs = RunDeflater(kernels: stage.kernels).pack(
                UnsafeBufferPointer(start: filtered, count: size), isLast: true, into: room)
            if runs < least { (best, least) = (Plan(choice: choice, searchesMatches: false), runs) }
        }
        return best
    }

    /// Rows in stretches, since a row is packed with those above it in sight.
    private func sampledRows(_ range: Range<Int>) -> [Int] {
        let stretches = isThorough ? 3 : 1
        return (0..<stretches).flatMap { index in
            let middle = range.lowerBound + (2 * index + 1) * range.count / (2 * stretches)
            let first = max(range.lowerBound, middle - Self.stretch / 2)
            return Array(first..<min(range.upperBound, first + Self.stretch))
        }
    }
}
