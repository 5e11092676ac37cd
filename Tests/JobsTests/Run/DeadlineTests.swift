// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Jobs

@Suite struct DeadlineTests {
    private struct Refusal: Error, Equatable {}

    @Test("what is in time answers", arguments: [nil, Duration.seconds(60)]) func inTime(limit: Duration?) async throws
    {
        #expect(try await Deadline.run(limit) { 7 } == 7)
        await #expect(throws: Refusal.self) { try await Deadline.run(limit) { throw Refusal() } }
    }

    @Test("what heeds no cancellation is left behind, with the limit told") func overdue() async {
        let limit = Duration.milliseconds(20)
        await #expect {
            try await Deadline.run(limit) { await withCheckedContinuation { Sleeper.keep($0) } }
        } throws: { ($0 as? DeadlineExceeded)?.limit == limit }
        Sleeper.wakeAll()
    }

    @Test("a cancelled wait ends as cancelled") func cancelled() async {
        let work = Task { try await Deadline.run(.seconds(60)) { try await Task.sleep(for: .seconds(60)) } }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
    }

    @Test("a stage gets its own limit or what is left to the item, whichever is less") func clock() {
        let clock = ItemClock(limit: .seconds(1000))
        let own = clock.bound(.seconds(5), flag: "--timeout-load")
        #expect(own.limit == .seconds(5) && own.flag == "--timeout-load")
        let rest = clock.bound(.seconds(5000), flag: "--timeout-load")
        #expect(rest.flag == "--timeout-item" && rest.limit! <= .seconds(1000))
        #expect(clock.bound(nil, flag: "--timeout-load").flag == "--timeout-item")
        #expect(clock.overrun(stage: "load", title: "a.obj") == nil)
        #expect(ItemClock(limit: nil).bound(nil, flag: "--timeout-load").limit == nil)
    }

    @Test("an item that is over its time says for how long it may run, and which flag says so") func overrun() throws {
        let failure = try #require(ItemClock(limit: .zero).overrun(stage: "encode", title: "a.obj"))
        #expect(failure.stage == "encode" && failure.blame == .limits)
        #expect(failure.cause.contains("a.obj") && failure.cause.contains("--timeout-item"))
        #expect(ItemClock(limit: .zero).bound(.seconds(5), flag: "x").limit == .zero)
    }
}

/// Holds what waits in a test until the test lets it go.
private enum Sleeper {
    private static let waiting = Held()

    static func keep(_ continuation: CheckedContinuation<Void, Never>) { waiting.add(continuation) }
    static func wakeAll() { waiting.wake() }
}

private final class Held: Sendable {
    private let waiting = Mutex<(isOpen: Bool, all: [CheckedContinuation<Void, Never>])>((false, []))

    func add(_ continuation: CheckedContinuation<Void, Never>) {
        let isOpen = waiting.withLock { state in
            if !state.isOpen { state.all.append(continuation) }
            return state.isOpen
        }
        if isOpen { continuation.resume() }
    }

    func wake() {
        let all = waiting.withLock { state in
            defer { state = (true, []) }
            return state.all
        }
        for continuation in all { continuation.resume() }
    }
}
