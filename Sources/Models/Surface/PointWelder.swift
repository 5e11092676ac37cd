// SPDX-License-Identifier: Apache-2.0

/// Finds corners that lie in the same place.
struct PointWelder {
    typealias Point = MeshBuilder.SIMD3Packed

    let points: UnsafeBufferPointer<Point>
    let work: WorkSplit

    /// For each point the first one in the same place, bit by bit but for the sign of zeros.
    ///
    /// Each thread looks at all points and keeps those whose hash falls to it, so that equal ones meet.
    func firsts() -> LargeBuffer<UInt32> {
        let result = LargeBuffer<UInt32>(points.count)
        let firsts = result.base
        let parts = work.parts(points.count, atMost: 16)
        work.numbers(parts) { weld(part: $0, of: parts, into: firsts) }
        return result
    }

    /// What a table of points holds: bits of the hash above, the point's number below.
    private static let free = UInt64.max

    private func weld(part: Int, of parts: Int, into firsts: UnsafeMutablePointer<UInt32>) {
        guard let points = points.baseAddress else { return }
        let count = self.points.count
        var own = 0
        for point in 0..<count where Self.owner(Self.hash(points[point]), parts) == part { own += 1 }
        var capacity = 16
        while capacity < 2 * own { capacity *= 2 }
        let mask = capacity - 1
        let memory = LargeBuffer(repeating: Self.free, count: capacity)
        let table = memory.base
        for point in 0..<count {
            let hash = Self.hash(points[point])
            guard Self.owner(hash, parts) == part else { continue }
            var slot = Int(truncatingIfNeeded: hash) & mask
            let mark = hash & 0x7FFF_FFFF_0000_0000
            var first = UInt32(truncatingIfNeeded: point)
            while table[slot] != Self.free {
                let entry = table[slot]
                let other = Int(entry & 0xFFFF_FFFF)
                if entry & 0x7FFF_FFFF_0000_0000 == mark, Self.equal(points[other], points[point]) {
                    first = UInt32(truncatingIfNeeded: other)
                    break
                }
                slot = (slot + 1) & mask
            }
            if table[slot] == Self.free { table[slot] = mark | UInt64(first) }
            firsts[point] = first
        }
    }

    @inline(__always)
    private static func owner(_ hash: UInt64, _ parts: Int) -> Int {
        // The bits in the middle: the low ones choose the slot, the high ones tell entries apart.
        Int((hash >> 16 & 0xFFFF) &* UInt64(truncatingIfNeeded: parts) >> 16)
    }

    @inline(__always)
    private static func hash(_ p: Point) -> UInt64 {
        let (x, y, z) = ((p.x + 0).bitPattern, (p.y + 0).bitPattern, (p.z + 0).bitPattern)
        var state = (UInt64(x) << 32 | UInt64(y)) &* 0x9E37_79B9_7F4A_7C15
        state ^= state >> 32
        state = (state ^ UInt64(z)) &* 0xBF58_476D_1CE4_E5B9
        state ^= state >> 31
        state = state &* 0x94D0_49BB_1331_11EB
        return state ^ state >> 29
    }

    @inline(__always)
    private static func equal(_ a: Point, _ b: Point) -> Bool {
        (a.x + 0).bitPattern == (b.x + 0).bitPattern && (a.y + 0).bitPattern == (b.y + 0).bitPattern
            && (a.z + 0).bitPattern == (b.z + 0).bitPattern
    }
}

/// The places in which triangles have corners, numbered in the order in which the corners name them.
struct CornerPoints: ~Copyable {
    /// For each corner its point.
    let corners: [UInt32]
    /// For each point where it lies; zeros are positive.
    let points: LargeBuffer<PointWelder.Point>
    let count: Int

    /// - Parameter triangles: corners as indices into `positions`, all within.
    init(_ triangles: [UInt32], _ positions: UnsafeBufferPointer<PointWelder.Point>, _ work: WorkSplit) {
        let welded = PointWelder(points: positions, work: work).firsts()
        let (firsts, source) = (welded.base, positions.baseAddress.unsafelyUnwrapped)
        let numbering = LargeBuffer(repeating: UInt32.max, count: positions.count)
        let numbers = numbering.base
        points = LargeBuffer(min(positions.count, triangles.count))
        let places = points.base
        var count: UInt32 = 0
        corners = Array(filling: triangles.count) { corners in
            triangles.withUnsafeBufferPointer { triangles in
                for corner in 0..<triangles.count {
                    let first = Int(firsts[Int(triangles[corner])])
                    var number = numbers[first]
                    if number == .max {
                        number = count
                        numbers[first] = number
                        let p = source[first]
                        places[Int(number)] = PointWelder.Point(x: p.x + 0, y: p.y + 0, z: p.z + 0)
                        count &+= 1
                    }
                    corners[corner] = number
                }
            }
        }
        self.count = Int(count)
    }
}
