// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Scene
import Synchronization
import TestFixtures
import Testing

/// Pictures that grow better.
@Suite struct ImageStreamTests {
    /// A server whose pictures are named by view and accumulation.
    private final class Painter: Sendable {
        struct State {
            var view = 0
            var accumulation = 0
            var drawn = 0
        }

        let fake = FakeBrayns()
        let state = Mutex(State())
        let most: Int64

        init(most: Int64 = 4) {
            self.most = most
            fake.on("set-camera-view") { [self] request in
                state.withLock { state in
                    state.view = Int(request.params?["position"]?.arrayValue?.first?.doubleValue ?? 0)
                    state.accumulation = 0
                }
                return .result(.null)
            }
            fake.on("render-image") { [self] _ in
                state.withLock { state in
                    state.accumulation += 1
                    state.drawn += 1
                    return .result(
                        ["accumulation": .int(Int64(state.accumulation)), "max_accumulation": .int(most)],
                        payload: [UInt8(state.view), UInt8(state.accumulation)])
                }
            }
        }
    }

    @Test("hands on better and better pictures and ends with the complete one", arguments: [1, 4, 64] as [Int64])
    func grows(most: Int64) async throws {
        let painter = Painter(most: most)
        let instance = BraynsInstance(connection: painter.fake.connect())
        var seen: [Int] = []
        for try await image in ImageStream(of: instance) { seen.append(image.accumulation) }
        #expect(seen == seen.sorted() && Set(seen).count == seen.count && seen.last == Int(most))
        #expect(painter.state.withLock { $0.drawn } == Int(most))
        let request = try #require(painter.fake.log.last?.params)
        #expect(request["accumulate"] == false && request["format"] == "jpg" && request["jpeg_quality"] == 90)
        await instance.disconnect()
    }

    @Test("a reader that comes after the end gets the complete picture and none before")
    func dropsStale() async throws {
        let painter = Painter(most: 30)
        let instance = BraynsInstance(connection: painter.fake.connect())
        let stream = ImageStream(of: instance)
        for try await image in stream where image.accumulation == 30 { break }
        var late: [Int] = []
        for try await image in stream { late.append(image.accumulation) }
        #expect(late == [30])
        await instance.disconnect()
    }

    @Test("follows a change, and hands on no picture of what was before")
    func follows() async throws {
        let painter = Painter()
        let instance = BraynsInstance(connection: painter.fake.connect())
        let stream = ImageStream(of: instance, followsChanges: true)
        var views: [UInt8] = []
        var asked: UInt8 = 0
        for try await image in stream {
            views.append(image.data[0])
            #expect(image.data[0] == asked)
            guard image.accumulation == 4 else { continue }
            if asked == 3 { break }
            asked += 1
            let next = Double(asked)
            try await stream.change { instance in
                try await instance.setCameraView(.init(position: .init(next, 0, 5), target: .zero))
            }
        }
        #expect(views == views.sorted() && Set(views) == [0, 1, 2, 3])
        await instance.disconnect()
    }

    @Test("hands the server's refusal and the guard's to the reader")
    func refused() async throws {
        let server = FakeBrayns()
        server.on("render-image") { _ in .error(-32603, "no") }
        let instance = BraynsInstance(connection: server.connect())
        let error = await #expect(throws: BraynsError.self) { for try await _ in ImageStream(of: instance) {} }
        #expect(error?.code == .server)
        server.on("get-renderer-type") { _ in .result("production") }
        let dark = await #expect(throws: BraynsError.self) { for try await _ in ImageStream(of: instance) {} }
        #expect(dark?.code == .badArgument && dark?.message.contains("light") == true)
        await instance.disconnect()
    }
}
