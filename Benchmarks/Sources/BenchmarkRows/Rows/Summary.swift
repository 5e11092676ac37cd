// SPDX-License-Identifier: Apache-2.0

/// One benchmark against one peer, over all inputs.
public struct Summary: Sendable, Hashable {
    public var benchmark: String
    public var peer: String
    /// The inputs that were measured.
    public var inputs: [String]
    /// Geometric mean of the ratios; `nil` when nothing was measured.
    public var ratio: Double?
    public var leastRatio: Double?
    public var mostRatio: Double?
    /// Geometric mean of our sizes over the peer's.
    public var size: Double?
    /// Geometric mean of our rates, in 10^6 units a second.
    public var rate: Double?
    /// The most that a call of ours held above the idle process.
    public var peak: Int?
    /// Why there is no figure, where the peer is absent.
    public var absent: String?

    /// The rows by benchmark and peer, in the order in which they come first.
    public static func all(_ rows: [Row]) -> [Summary] {
        var order: [[String]] = []
        var groups: [[String]: [Row]] = [:]
        for row in rows {
            let name = [row.benchmark, row.peer]
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(row)
        }
        return order.compactMap { groups[$0].map(Summary.init) }
    }

    private init(_ rows: [Row]) {
        benchmark = rows[0].benchmark
        peer = rows[0].peer
        inputs = rows.filter { $0.figures != nil }.map(\.input)
        let figures = rows.compactMap(\.figures)
        let ratios = figures.map(\.ratio)
        ratio = geometricMean(ratios)
        leastRatio = ratios.min()
        mostRatio = ratios.max()
        // A mean over some of the inputs would be a mean of other pictures than the one beside it.
        let sizes = figures.compactMap(\.size)
        size = sizes.count == figures.count ? geometricMean(sizes) : nil
        rate = geometricMean(figures.map(\.rate))
        peak = figures.compactMap(\.peak).max()
        absent = figures.isEmpty ? rows.compactMap(\.absence).first : nil
    }
}
