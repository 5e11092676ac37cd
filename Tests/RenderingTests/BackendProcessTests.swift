// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Jobs
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// Starting and ending backends, with scripts in their place.
@Suite struct BackendProcessTests {
    private func options(_ script: String) -> BackendChoice.EmbeddedOptions {
        var options = BackendChoice.EmbeddedOptions(memoryPerChild: 1 << 30)
        options.executable = Fixtures.url("rendering/\(script).sh").path
        options.roots = ["/a b"]
        return options
    }

    @Test("hands over socket, secret, threads, limits and roots")
    func honest() async throws {
        let backend = try await BackendProcess.embedded(options("honest"), threads: 3, within: .seconds(20))
        let socket = try #require(backend.endpoint.socket)
        #expect(socket.hasPrefix("@darkroom-") && backend.endpoint.port == 0)
        #expect(backend.endpoint.path.count == 65)
        #expect(!backend.name.contains(backend.endpoint.path.dropFirst()))
        await backend.end(grace: .seconds(20))
        #expect(backend.process.status == ExitStatus(.exited(code: 0)))
        let said = backend.process.lastLines.joined()
        for words in ["--uri unix:\(socket)", "--threads 3", "--memory-limit 1073741824", "--root /a b"] {
            #expect(said.contains(words))
        }
    }

    @Test("a child ends with its own lifeline though a sibling started later still runs")
    func siblings() async throws {
        let first = try await BackendProcess.embedded(options("honest"), threads: 1, within: .seconds(20))
        let second = try await BackendProcess.embedded(options("honest"), threads: 1, within: .seconds(20))
        first.lifeline.close()
        #expect(await first.process.wait(for: .seconds(20)) == ExitStatus(.exited(code: 0)))
        #expect(second.process.status == nil)
        await second.end(grace: .seconds(20))
        #expect(first.endpoint.path != second.endpoint.path)
    }

    @Test("kills a child that does not end in its grace")
    func stubborn() async throws {
        let backend = try await BackendProcess.embedded(options("stubborn"), threads: 1, within: .seconds(20))
        await backend.end(grace: .milliseconds(50))
        #expect(backend.process.status == ExitStatus(.signalled(SIGKILL)))
        #expect(await backend.obituary()?.contains("SIGKILL") == true)
    }

    @Test(
        "says why a child did not say that it listens",
        arguments: [
            ("dying", "the last words"), ("babbling", "did not say"), ("silent", "did not say"),
            ("missing", "cannot be"),
        ])
    func failing(script: String, words: String) async {
        let error = await #expect(throws: RendererError.self) {
            try await BackendProcess.embedded(
                options(script), threads: 1, within: script == "silent" ? .milliseconds(100) : .seconds(20))
        }
        #expect(error?.blame == .environment && error?.stage == "start")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("a started server that never listens is given up, with its last words")
    func neverListens() async throws {
        var options = RenderingOptions()
        options.startTimeout = .milliseconds(400)
        let provider = BraynsRendererProvider(
            .start(command: "/bin/sh -c 'echo busy with {uri}; sleep 60'"), options: options)
        let error = await #expect(throws: RendererError.self) { try await provider.makeRenderer(index: 0) }
        #expect(error?.stage == "connect" || error?.stage == "start")
    }

    @Test("a started server that ends at once is told apart")
    func endsAtOnce() async throws {
        let provider = BraynsRendererProvider(.start(command: "/bin/sh -c 'echo no license; exit 4' {uri}"))
        let error = await #expect(throws: RendererError.self) { try await provider.makeRenderer(index: 0) }
        #expect(error?.blame == .environment)
        #expect(error?.message.contains("code 4") == true && error?.message.contains("no license") == true)
    }

    @Test("the watchdog ends a started server when its lifeline ends")
    func watchdog() async throws {
        let backend = try BackendProcess.started(by: try CommandTemplate("/bin/sh -c 'sleep 60 & wait' {uri}"))
        backend.lifeline.close()
        #expect(await backend.process.wait(for: .seconds(20)) == ExitStatus(.signalled(SIGTERM)))
        #expect(await backend.watchdog?.wait(for: .seconds(20)) != nil)
    }
}
