// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore
import Synchronization

/// Memory, compressors and an inflater of one thread that encodes or decodes, kept from picture to picture.
final class CodecArena: @unchecked Sendable {
    // Sendable: the pool lends an arena to one thread at a time.

    private static let idle = Mutex<[CodecArena]>([])
    /// What an idle arena may hold in buffers; larger ones are given back to the system.
    private static let keptBytes = 16 << 20

    private var rooms: [UnsafeMutableRawBufferPointer] = Array(
        repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0), count: Use.allCases.count)
    private var compressors: [Int32: OpaquePointer] = [:]
    private(set) lazy var inflater: OpaquePointer? = libdeflate_alloc_decompressor()

    /// What a buffer is for.
    enum Use: Int, CaseIterable {
        case filtered
        case packed
    }

    private init() {}

    deinit {
        for room in rooms { room.deallocate() }
        for compressor in compressors.values { libdeflate_free_compressor(compressor) }
        if let inflater { libdeflate_free_decompressor(inflater) }
    }

    /// Lends an arena that nobody else uses.
    static func borrow<Result>(_ body: (CodecArena) -> Result) -> Result {
        let arena = idle.withLock { $0.popLast() } ?? CodecArena()
        defer {
            if arena.rooms.reduce(0, { $0 + $1.count }) <= keptBytes {
                idle.withLock { if $0.count < 2 * WorkerPool.shared.threads { $0.append(arena) } }
            }
        }
        return body(arena)
    }

    /// Room for so many bytes; what it held is lost.
    func room(_ use: Use, _ bytes: Int) -> UnsafeMutablePointer<UInt8> {
        if rooms[use.rawValue].count < bytes {
            rooms[use.rawValue].deallocate()
            rooms[use.rawValue] = .allocate(byteCount: bytes, alignment: 64)
        }
        return rooms[use.rawValue].bindMemory(to: UInt8.self).baseAddress!
    }

    /// libdeflate's compressor of a level, `nil` without memory for it.
    func compressor(_ level: Int32) -> OpaquePointer? {
        if let known = compressors[level] { return known }
        let made = libdeflate_alloc_compressor(level)
        compressors[level] = made
        return made
    }
}
