// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import Glibc
import JSONRPC
import Jobs
import Scene
import Synchronization
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// Several backends that share a batch.
@Suite(.serialized) struct BackendPoolTests {
    /// Ports at which nobody listens.
    private final class Outage: Sendable {
        private let ports: Mutex<Set<Int>>
        init(_ ports: Set<Int> = []) { self.ports = Mutex(ports) }
        func begin(_ port: Int) { ports.withLock { _ = $0.insert(port) } }
        func holds(_ port: Int) -> Bool { ports.withLock { $0.contains(port) } }
    }

    /// Counts calls.
    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    /// Opens connections to fake servers by their ports; those that are down refuse.
    private static func opening(_ servers: [FakeBrayns], down: Outage = Outage()) -> BackendConnector.Opening {
        { endpoint, _ in
            if down.holds(endpoint.port) {
                throw WebSocketError(.refused, "nobody listens at \(endpoint)")
            }
            return servers[endpoint.port - 1].connect()
        }
    }

    private static func pool(_ count: Int) -> BackendPool {
        BackendPool((1...count).map { .remote("fake:\($0)") })
    }

    @Test("does every item once, in the items' order, on all backends", arguments: [(1, 0), (1, 7), (3, 1), (3, 64)])
    func all(backends: Int, items: Int) async throws {
        let servers = (0..<backends).map { _ in FakeBrayns() }
        let outcome = await Self.pool(backends).run(Array(0..<items), opening: Self.opening(servers)) { backend, item in
            try await backend.setSimulationFrame(item)
            return item * 2
        }
        #expect(try outcome.results.map { try $0.get() } == (0..<items).map { $0 * 2 })
        let asked = servers.flatMap(\.log).filter { $0.method == "set-simulation-parameters" }
        #expect(asked.compactMap { $0.params?["current"]?.intValue }.sorted() == (0..<items).map { Int64($0) })
        #expect(outcome.members.map(\.finished).reduce(0, +) == items && !outcome.members.contains(where: \.isLost))
    }

    @Test("a backend that dies hands its item to another one and is given up when it stays away")
    func dies() async throws {
        let servers = (0..<3).map { _ in FakeBrayns() }
        let down = Outage()
        let drawn = Counter()
        servers[1].on("snapshot") { _ in
            guard drawn.next() > 2 else {
                return .result(["color_buffer": ["offset": 0, "size": 1]], payload: [7])
            }
            down.begin(2)
            return .breakOff
        }
        let outcome = await Self.pool(3).run(Array(0..<40), opening: Self.opening(servers, down: down)) {
            backend, item in
            try await Task.sleep(for: .milliseconds(1))
            return (item, try await Snapshot(renderer: RendererSettings()).download(from: backend).count)
        }
        #expect(try outcome.results.map { try $0.get().0 } == Array(0..<40))
        #expect(outcome.members[1].finished == 2 && outcome.members[0].finished + outcome.members[2].finished == 38)
        #expect(!outcome.members[0].isLost && !outcome.members[2].isLost)
    }

    @Test("a backend that comes back goes on")
    func comesBack() async throws {
        let server = FakeBrayns()
        let drawn = Counter()
        server.on("get-scene") { _ in
            drawn.next() == 3
                ? .breakOff : .result(["bounds": ["min": [0, 0, 0], "max": [1, 1, 1]], "models": []])
        }
        let prepared = Counter()
        var pool = Self.pool(1)
        pool.prepare = { _ in _ = prepared.next() }
        let outcome = await pool.run(Array(0..<7), opening: Self.opening([server])) { backend, _ in
            try await backend.scene().models.count
        }
        #expect(try outcome.results.map { try $0.get() } == Array(repeating: 0, count: 7))
        #expect(prepared.value == 2)
    }

    @Test("an item that takes every backend along fails, and the others are done")
    func guilty() async throws {
        let servers = (0..<2).map { _ in FakeBrayns() }
        for server in servers {
            server.on("set-simulation-parameters") { $0.params?["current"] == 5 ? .breakOff : .result(.null) }
        }
        let outcome = await Self.pool(2).run(Array(0..<12), opening: Self.opening(servers)) {
            try await $0.setSimulationFrame($1)
        }
        let failed = outcome.results.indices.filter { (try? outcome.results[$0].get()) == nil }
        #expect(failed == [5])
    }

    @Test("a backend that does not answer in time counts as lost, and its item moves")
    func hangs() async throws {
        let servers = (0..<2).map { _ in FakeBrayns() }
        let down = Outage()
        servers[0].on("get-scene") { _ in
            down.begin(1)
            return .silence
        }
        var pool = Self.pool(2)
        (pool.deadline, pool.attempts) = (.milliseconds(200), 1)
        let outcome = await pool.run(Array(0..<6), opening: Self.opening(servers, down: down)) { backend, _ in
            try await Task.sleep(for: .milliseconds(20))
            return try await backend.scene().models.count
        }
        #expect(try outcome.results.map { try $0.get() } == Array(repeating: 0, count: 6))
        #expect(outcome.members[1].finished == 6)
    }

    @Test("an error of the work fails its item only; without backends everything fails")
    func failures() async throws {
        struct Odd: Error {}
        let outcome = await Self.pool(1).run(Array(0..<5), opening: Self.opening([FakeBrayns()])) {
            _, item in
            if item % 2 == 1 { throw Odd() }
            return item
        }
        #expect(outcome.results.map { try? $0.get() } == [0, nil, 2, nil, 4])
        let nobody = await BackendPool([]).run([1]) { _, item in item }
        #expect(throws: RendererError.self) { try nobody.results[0].get() }
        var absent = Self.pool(2)
        absent.attempts = 2
        let lost = await absent.run([1, 2], opening: Self.opening([], down: Outage([1, 2]))) { _, item in item }
        #expect(lost.members.map(\.isLost) == [true, true])
        for result in lost.results { #expect(throws: RendererError.self) { try result.get() } }
    }

    @Test("a cancelled batch ends, with what was done")
    func cancelled() async throws {
        let server = FakeBrayns()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let batch = Task {
            await Self.pool(1).run(Array(0..<5), opening: Self.opening([server])) { _, item in
                guard item == 2 else { return item }
                begin.yield()
                try await Task.sleep(for: .seconds(60))
                return item
            }
        }
        for await _ in begun { break }
        batch.cancel()
        let outcome = await batch.value
        #expect(outcome.results.map { try? $0.get() } == [0, 1, nil, nil, nil])
    }

    @Test("real backends: one is killed in the middle of a batch, and all pictures come")
    func killed() async throws {
        var embedded = BackendChoice.EmbeddedOptions(threads: 1)
        embedded.executable = EmbeddedProgram.path
        // Other tests have backends too: these are told by a folder of their own.
        let mark = "/pool-\(UUID().uuidString)"
        embedded.roots = [mark]
        let children = Mutex<[Int32]>([])
        let pool = BackendPool([.service(.darkroom(embedded)), .service(.darkroom(embedded))])
        let size = PixelSize(width: 64, height: 48)
        let outcome = await pool.run(Array(0..<16)) { backend, item in
            if item == 5 {
                // Once: the item that is under way there at this moment has to move.
                let own = EmbeddedProgram.children(with: mark)
                let isFirst = children.withLock { children in
                    defer { children = own }
                    return children.isEmpty
                }
                if isFirst, let victim = own.first { kill(victim, SIGKILL) }
            }
            try await backend.clearModels()
            try await backend.add([ColoredPrimitive(SpherePrimitive(center: .zero, radius: Double(item + 1) / 8))])
            try await backend.lights.add(.ambient())
            let camera = Camera(view: View(position: Vector3(0, 0, 6), target: .zero))
            return try await Snapshot(size: size, camera: camera).download(from: backend)
        }
        for result in outcome.results {
            let picture = try result.get()
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
        #expect(outcome.members.map(\.finished).reduce(0, +) == 16)
        #expect(children.withLock { $0.count } >= 1)
    }
}
