// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

/// When something that may still change is taken.
@Suite struct SettlingTests {
    private let start = ContinuousClock.now

    /// Looks at one thing at given seconds and tells at which of them it was handed out.
    private func taken(_ looks: [(second: Int, state: String?)], pause: Int = 2) -> [Int] {
        var settling = Settling<String, String>(pause: .seconds(pause))
        return looks.compactMap { look in
            let states = look.state.map { ["model": $0] } ?? [:]
            return settling.look(states, at: start + .seconds(look.second)).isEmpty ? nil : look.second
        }
    }

    @Test("two looks that see the same, a pause apart, settle it")
    func settles() {
        #expect(taken([(0, "a"), (1, "a"), (2, "a"), (3, "a"), (9, "a")]) == [2])
        #expect(taken([(0, "a"), (2, "a")]) == [2])
        #expect(taken([(0, "a")]) == [])
        #expect(taken([(0, "a"), (0, "a")], pause: 0) == [0])
    }

    @Test("a change in between begins the pause anew, back to what it was included")
    func changes() {
        #expect(taken([(0, "a"), (1, "b"), (2, "b"), (3, "b")]) == [3])
        #expect(taken([(0, "a"), (1, "b"), (2, "a"), (3, "a"), (4, "a")]) == [4])
        #expect(taken([(0, "a"), (3, "b"), (6, "c"), (9, "d")]) == [])
    }

    @Test("what was taken is taken again only when it has changed, or was gone")
    func again() {
        #expect(taken([(0, "a"), (2, "a"), (4, "b"), (5, "b"), (6, "b"), (7, "b")]) == [2, 6])
        #expect(taken([(0, "a"), (2, "a"), (3, nil), (4, "a"), (6, "a")]) == [2, 6])
        // It was never seen otherwise: what it was in between nobody knows.
        #expect(taken([(0, "a"), (2, "a"), (3, "b"), (4, "a"), (9, "a")]) == [2])
    }

    @Test("what is given back settles anew, not before its time")
    func givenBack() {
        var settling = Settling<String, Int>(pause: .seconds(2))
        _ = settling.look(["a": 1, "b": 1], at: start)
        #expect(settling.nextLook == start + .seconds(2))
        #expect(settling.look(["a": 1, "b": 1], at: start + .seconds(2)).sorted() == ["a", "b"])
        #expect(settling.nextLook == nil && settling.handedOut == ["a", "b"])
        settling.giveBack("a", after: .seconds(30), at: start + .seconds(5))
        settling.giveBack("never seen", after: .seconds(30), at: start + .seconds(5))
        #expect(settling.nextLook == start + .seconds(35) && settling.handedOut == ["b"])
        #expect(settling.look(["a": 1, "b": 1], at: start + .seconds(34)) == [])
        #expect(settling.look(["a": 1, "b": 1], at: start + .seconds(35)) == ["a"])
    }

    @Test("a ring wakes who waits, is kept for who comes later, and several are one")
    func bell() async {
        let bell = Bell()
        let clock = ContinuousClock()
        let begin = clock.now
        bell.ring()
        bell.ring()
        await bell.wait(atMost: .seconds(600))
        let later = Task {
            try? await Task.sleep(for: .milliseconds(30))
            bell.ring()
        }
        await bell.wait(atMost: .seconds(600))
        await later.value
        let waiting = Task { await bell.wait(atMost: .seconds(600)) }
        waiting.cancel()
        await waiting.value
        #expect(clock.now - begin < .seconds(300))
        let before = clock.now
        _ = await Task { await bell.wait(atMost: .milliseconds(1)) }.value
        #expect(clock.now - before < .seconds(300))
    }

    @Test("a watch hands out in order, what it is given back comes again, and errors end it")
    func watch() async throws {
        struct Over: Error {}
        var batches: [[String]] = []
        let watch = SettledWatch<String, Int>(settle: .milliseconds(10), poll: .milliseconds(20))
        var looks = 0
        await #expect(throws: Over.self) {
            try await watch.run(
                look: { _ in
                    looks += 1
                    if looks == 200 { throw Over() }
                    return ["c": 1, "a": 1, "b": 1]
                },
                handle: { keys in
                    batches.append(keys)
                    if batches.count == 3 { throw Over() }
                    return batches.count == 1 ? ["b"] : []
                })
        }
        #expect(batches.first == ["a", "b", "c"])
        #expect(batches.dropFirst().first == ["b"])
    }
}
