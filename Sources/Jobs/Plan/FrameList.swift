// SPDX-License-Identifier: Apache-2.0

/// Some frames of a job by number, as `2,4,10-20` or `0-100:5`.
public struct FrameList: Hashable, Sendable, CustomStringConvertible {
    private var pieces: [StridePiece]

    private struct StridePiece: Hashable, Sendable {
        var first: Int
        var last: Int
        var step: Int
    }

    /// Reads numbers and ranges parted by commas; `nil` for anything else.
    public init?(_ text: String) {
        pieces = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = item.split(separator: ":", omittingEmptySubsequences: false)
            let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Self.number($0) }
            let step = halves.count == 2 ? Self.number(halves[1]) : 1
            guard halves.count <= 2, (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
                let step, step > 0, first <= last
            else { return nil }
            pieces.append(StridePiece(first: first, last: last, step: step))
        }
    }

    private static func number(_ text: Substring) -> Int? {
        text.first?.isNumber == true ? Int(text) : nil
    }

    /// Whether a frame is named.
    public func contains(_ frame: Int) -> Bool {
        pieces.contains { $0.first <= frame && frame <= $0.last && (frame - $0.first) % $0.step == 0 }
    }

    /// The largest frame that is named.
    var last: Int { pieces.map(\.last).max() ?? 0 }

    public var description: String {
        pieces.map { piece in
            let range = piece.first == piece.last ? "\(piece.first)" : "\(piece.first)-\(piece.last)"
            return piece.step == 1 ? range : "\(range):\(piece.step)"
        }.joined(separator: ",")
    }
}
