// SPDX-License-Identifier: Apache-2.0

/// Numbers for models: counting up, the one released last given out first.
struct IDPool: Sendable {
    private var next = 0
    private var released: [Int] = []

    mutating func take() -> Int {
        if let id = released.popLast() { return id }
        defer { next += 1 }
        return next
    }

    mutating func release(_ id: Int) { released.append(id) }

    /// Forgets everything: the next number is 0.
    mutating func reset() { self = IDPool() }
}
