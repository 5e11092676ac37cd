// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// Requests that run as tasks: progress, waiting, polling, cancelling, several at once.
@Suite struct BraynsTaskTests {
    /// The flood of the xyz loader: one word for each line of its file.
    private static func flood() throws -> [RecordedMessage] {
        let text = String(decoding: try Fixtures.bytes("brayns/server/xyz-progress.jsonl"), as: UTF8.self)
        let request = RecordedMessage(
            isFromServer: false, text: #"{"id":1,"jsonrpc":"2.0","method":"add-model"}"#)
        return [request] + text.split(separator: "\n").map { RecordedMessage(isFromServer: true, text: String($0)) }
    }

    @Test("a reader that never looks, one that looks late and one that is slow all survive a flood of progress")
    func flood() async throws {
        let words = try Self.flood().filter { $0.json?["method"] != nil && $0.isFromServer }
        #expect(words.count > 500)
        let instance = BraynsInstance(connection: RecordedServer.connect(answering: try Self.flood()))
        let task = instance.startLoading("/data/atoms.xyz", with: try ModelLoading(XYZLoader()))
        let slow = Task {
            var seen: [Double] = []
            for await word in task.progress {
                seen.append(word.amount)
                try? await Task.sleep(for: .milliseconds(1))
            }
            return seen
        }
        #expect(try await task.value[0].type == "xyz")
        let seen = await slow.value
        #expect(seen == seen.sorted() && seen.count <= words.count)
        let last = words.last?.json?["params"]?["amount"]?.doubleValue
        #expect(seen.last == last && task.latestProgress?.amount == last)
        var late: [RPCProgress] = []
        for await word in task.progress { late.append(word) }
        #expect(late.map(\.amount) == [last])
        await instance.disconnect()
    }

    @Test("is polled without waiting: nothing, then the result")
    func polling() async throws {
        let server = FakeBrayns()
        let (released, release) = AsyncStream<Void>.makeStream()
        let connection = try RecordedServer.connect(replaying: "45-snapshot-png") { message in
            guard message["result"] != nil else { return }
            for await _ in released { break }
        }
        var instance = BraynsInstance(connection: connection)
        instance.isGuarded = false
        let task = BraynsTask { [instance] in try await Snapshot().download(from: instance, progress: $0) }
        for await word in task.progress {
            #expect(word.amount == 0 && !word.operation.isEmpty)
            break
        }
        #expect(task.result == nil)
        release.finish()
        #expect(try await task.value == Fixtures.bytes("brayns/45-snapshot-png/response.payload.png"))
        let polled = try #require(task.result)
        #expect(try polled.get().count > 1000)
        await instance.disconnect()
        #expect(server.log.isEmpty)
    }

    @Test("a cancelled snapshot ends only with the server's last word, which comes seconds after its cancel")
    func slowCancel() async throws {
        let (released, release) = AsyncStream<Void>.makeStream()
        let (cancelled, cancellation) = AsyncStream<Void>.makeStream()
        let connection = try RecordedServer.connect(replaying: "108-cancel-snapshot") { message in
            guard message["error"] != nil else { return }
            cancellation.yield()
            for await _ in released { break }
        }
        var instance = BraynsInstance(connection: connection)
        instance.isGuarded = false
        let task = instance.start(Methods.snapshot, SnapshotRequest())
        for await word in task.progress where word.amount > 0.14 { break }
        task.cancel()
        for await _ in cancelled { break }
        // The server has answered the cancel and goes on drawing: the task is not over.
        #expect(task.result == nil)
        release.finish()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(instance.isConnected)
        await instance.disconnect()
    }

    @Test("a task cancelled while its request waits behind another ends, and the other goes on")
    func cancelQueued() async throws {
        let connection = try RecordedServer.connect(replaying: "109-cancel-queued")
        var instance = BraynsInstance(connection: connection)
        instance.isGuarded = false
        let first = instance.start(Methods.snapshot, SnapshotRequest())
        for _ in 0..<100 where first.latestProgress == nil { try await Task.sleep(for: .milliseconds(2)) }
        let second = instance.start(Methods.snapshot, SnapshotRequest())
        try await Task.sleep(for: .milliseconds(50))
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        _ = try await first.value
        await instance.disconnect()
    }

    @Test("several requests are in flight on one connection, and each gets its own answer")
    func pipelined() async throws {
        let instance = BraynsInstance(connection: try RecordedServer.connect(replaying: "113-pipelined"))
        let picture = instance.start(Methods.snapshot, SnapshotRequest())
        // Requests of one task go out in their order; those of several in any.
        try await Task.sleep(for: .milliseconds(50))
        async let first = instance.version()
        async let second = instance.version()
        #expect(try await [first, second].map(\.description) == ["3.10.1", "3.10.1"])
        #expect(try await picture.value.colorBuffer.size > 0)
        await instance.disconnect()
    }

    @Test("a lost connection ends the task and its progress")
    func lost() async throws {
        let server = FakeBrayns()
        server.on("add-model") { _ in .breakOff }
        let instance = BraynsInstance(connection: server.connect())
        let task = instance.startLoading("/data/a.obj")
        for await _ in task.progress {}
        let error = await #expect(throws: BraynsError.self) { try await task.value }
        #expect(error?.code == .connectionLost)
        await instance.disconnect()
    }
}
