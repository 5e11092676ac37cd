// SPDX-License-Identifier: Apache-2.0

/// One of several equal parts of a job, done by machines that know nothing of each other.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// From 1 to `count`.
    public var index: Int
    public var count: Int

    /// The whole job.
    public static let whole = Shard(unchecked: 1, of: 1)

    private init(unchecked index: Int, of count: Int) { (self.index, self.count) = (index, count) }

    /// Part `index` of `count`, or `nil` when there is no such part.
    public init?(index: Int, count: Int) {
        guard count >= 1, (1...count).contains(index) else { return nil }
        self.init(unchecked: index, of: count)
    }

    /// Reads `I/N`.
    public init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let index = numbers[0], let count = numbers[1] else { return nil }
        self.init(index: index, count: count)
    }

    public var description: String { "\(index)/\(count)" }
}
