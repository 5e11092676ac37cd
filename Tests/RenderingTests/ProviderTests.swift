// SPDX-License-Identifier: Apache-2.0
import Jobs
import Synchronization
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// One provider of several servers, of which some are not there.
@Suite struct ProviderTests {
    @Test(
        "what a job may hold is asked of whichever server is there", arguments: [[], [0], [0, 1], [2]] as [Set<Int>])
    func absent(down: Set<Int>) async throws {
        let servers = (0..<3).map { _ in FakeBrayns() }
        let opened = Mutex<[Int]>([])
        let provider = BraynsRendererProvider(.remote(["fake:1", "fake:2", "fake:3"]), options: .init()) {
            endpoint, _ in
            let index = endpoint.port - 1
            opened.withLock { $0.append(index) }
            if down.contains(index) { throw WebSocketError(.refused, "nobody listens at \(endpoint)") }
            return servers[index].connect()
        }
        #expect(!provider.areAlike && provider.capacity == 3)
        #expect(try await provider.loadableExtensions()?.contains("obj") == true)
        #expect(try await provider.describe().contains("3.10.1"))
        for index in 0..<3 {
            if down.contains(index) {
                await #expect(throws: RendererError.self) { try await provider.makeRenderer(index: index) }
            } else {
                let renderer = try await provider.makeRenderer(index: index)
                await renderer.close()
            }
        }
        // The connection that was asked is the one that draws.
        let first = (0..<3).first { !down.contains($0) } ?? 0
        #expect(opened.withLock { $0.filter { $0 == first }.count } == 1)
    }

    @Test("with nobody there, the first server's reason is told")
    func nobody() async throws {
        let provider = BraynsRendererProvider(.remote(["fake:1", "fake:2"]), options: .init()) { endpoint, _ in
            throw WebSocketError(.refused, "nobody listens at \(endpoint)")
        }
        let error = await #expect(throws: RendererError.self) { try await provider.describe() }
        #expect(error?.message.contains("fake:1") == true && error?.stage == "connect")
    }
}
