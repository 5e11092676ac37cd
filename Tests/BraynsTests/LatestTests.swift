// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Brayns

/// The newest of a row of values.
@Suite struct LatestTests {
    @Test("a late reader gets the newest value and then the end")
    func late() async throws {
        let row = Latest<Int>()
        for value in 1...1000 { row.publish(value) }
        row.finish()
        row.publish(1001)
        let stamped = try #require(try await row.next(after: 0))
        #expect(stamped.value == 1000 && stamped.number == 1000)
        #expect(try await row.next(after: 1000) == nil)
        #expect(row.isFinished && row.newest == 1000)
    }

    @Test("all waiting readers are woken, by a value and by the end", arguments: [1, 7, 64])
    func many(readers: Int) async throws {
        let row = Latest<Int>()
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<readers {
                group.addTask {
                    var (seen, values) = (0, [Int]())
                    while let stamped = try await row.next(after: seen) {
                        (seen, values) = (stamped.number, values + [stamped.value])
                    }
                    return values
                }
            }
            for value in 1...50 {
                row.publish(value)
                await Task.yield()
            }
            row.finish()
            for try await values in group {
                #expect(values.last == 50 && values == values.sorted())
            }
        }
    }

    @Test("a cancelled reader stops waiting; the others do not")
    func cancelled() async throws {
        let row = Latest<Int>()
        let impatient = Task { try await row.next(after: 0) }
        let patient = Task { try await row.next(after: 0)?.value }
        impatient.cancel()
        #expect(try await impatient.value == nil)
        row.publish(3)
        #expect(try await patient.value == 3)
    }

    @Test("an error reaches readers after the last value; discarded values reach nobody")
    func errors() async throws {
        struct Broken: Error {}
        let row = Latest<String>()
        row.publish("stale")
        row.discard()
        let reader = Task { try await row.next(after: 0)?.value }
        row.publish("fresh")
        #expect(try await reader.value == "fresh")
        row.finish(throwing: Broken())
        row.finish()
        await #expect(throws: Broken.self) { try await row.next(after: 2) }
    }
}
