// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Synchronization
import Testing

@Suite struct AlarmTests {
    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    /// Asks again until it is so, for ten seconds at most.
    private func becomes(_ isSo: () -> Bool) async throws -> Bool {
        for _ in 0..<1000 {
            if isSo() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return isSo()
    }

    @Test("goes off once, also after no time or less", arguments: [Duration.zero, .milliseconds(20), .seconds(-5)])
    func goesOff(time: Duration) async throws {
        let counter = Counter()
        let alarm = Alarm(after: time) { counter.add() }
        #expect(try await becomes { counter.value == 1 })
        try await Task.sleep(for: .milliseconds(50))
        #expect(counter.value == 1)
        alarm.cancel()
    }

    @Test("does nothing once it is cancelled or dropped", arguments: [true, false])
    func silent(isCancelled: Bool) async throws {
        let counter = Counter()
        var alarm: Alarm? = Alarm(after: .milliseconds(100)) { counter.add() }
        if isCancelled { alarm?.cancel() } else { alarm = nil }
        try await Task.sleep(for: .milliseconds(250))
        #expect(counter.value == 0)
        alarm = nil
    }

    @Test("keeps nothing of a time that was cancelled long before", arguments: [Duration.seconds(600), .seconds(1e12)])
    func releases(time: Duration) async throws {
        weak var held: Counter?
        do {
            let counter = Counter()
            held = counter
            Alarm(after: time) { counter.add() }.cancel()
        }
        #expect(try await becomes { held == nil })
    }
}
