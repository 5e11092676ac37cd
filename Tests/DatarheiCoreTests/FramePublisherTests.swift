// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Film
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import Synchronization
import Testing

/// What a publisher makes of what a Core says.
@Suite struct FramePublisherTests {
    /// A Core with one process, whose states are given.
    final class Script: Sendable {
        let states: [String]
        let filmSize: Int
        let hasPlaylist: Bool
        private let asked = Mutex(0)

        init(_ states: [String], filmSize: Int = 1234, hasPlaylist: Bool = true) {
            (self.states, self.filmSize, self.hasPlaylist) = (states, filmSize, hasPlaylist)
        }

        static func state(_ exec: String, frame: Int = 0, line: String = "") -> String {
            #"{"order":"start","exec":"\#(exec)","reconnect_seconds":-1,"last_logline":"\#(line)","progress":{"frame":\#(frame)}}"#
        }

        func answer(_ request: FakeTransport.Request) -> TransportResponse {
            let path = request.path.prefix { $0 != "?" }
            switch (request.head.method, path) {
            case (.get, "/api/v3/process/turn/state"):
                let index = asked.withLock { asked in
                    asked += 1
                    return asked - 1
                }
                return .answer(200, states[min(index, states.count - 1)])
            case (.get, "/api/v3/process/turn/report"):
                return .answer(
                    200, #"{"log":[["1","opening http://admin:memfs-secret@core/memfs/x"],["2","it broke"]]}"#)
            case (.get, "/api/v3/process/turn"):
                return .answer(404, #"{"code":404,"message":"Unknown process ID","details":["unknown process"]}"#)
            case (.get, "/api/v3/fs"):
                return .answer(
                    200, #"[{"name":"disk","type":"disk","mount":"/"},{"name":"mem","type":"mem","mount":"/memfs"}]"#)
            case (.get, "/api/v3/fs/disk"):
                let isFilm = request.path.contains("turn.mp4")
                return .answer(
                    200, isFilm && filmSize >= 0 ? #"[{"name":"/turn.mp4","size_bytes":\#(filmSize)}]"# : "[]")
            case (.head, _): return .answer(hasPlaylist ? 200 : 404)
            case (.post, _): return .answer(200, request.text)
            default: return .answer(request.head.method == .put ? 201 : 200, "[]")
            }
        }
    }

    static func publisher(
        _ script: Script, _ film: Publication.Film = .mp4, _ way: Publication.Way = .disk,
        _ change: (inout FramePublisher.Options) -> Void = { _ in }
    ) throws -> (FramePublisher, CoreSetup) {
        let setup = try CoreSetup(FakeTransport { request, _ in script.answer(request) })
        var options = FramePublisher.Options()
        change(&options)
        return (FramePublisher(setup.client, try PublicationTests.plan(film, way), options: options), setup)
    }

    @Test("the film is there when the process has ended and the file is not empty")
    func finished() async throws {
        let events = Mutex<[PublishEvent]>([])
        let script = Script([Script.state("starting"), Script.state("running", frame: 5), Script.state("finished")])
        let (publisher, setup) = try Self.publisher(script) { options in
            options.progress = { event in events.withLock { $0.append(event) } }
        }
        let film = try await publisher.film(of: 12)
        #expect(film == PublishedFilm(address: "http://127.0.0.1:8080/turn.mp4", size: 1234, process: "turn"))
        #expect(events.withLock { $0 } == [.encoded(5, of: 12), .encoded(12, of: 12)])
        #expect(setup.clock.sleeps == [0.5, 0.5])
    }

    @Test(
        "a process that fails, is killed or leaves no film is told with what ffmpeg said",
        arguments: ["failed", "killed", "finished"])
    func failures(exec: String) async throws {
        let line = "http://admin:memfs-secret@core/memfs/x: No such file"
        let (publisher, _) = try Self.publisher(
            Script([Script.state(exec, line: line)], filmSize: exec == "finished" ? 0 : -1))
        let error = await #expect(throws: PublishError.self) { try await publisher.film(of: 12) }
        #expect(error?.code == .failed)
        #expect(error?.message.contains("http://core/memfs/x: No such file") == true)
        #expect(error?.log == ["opening http://core/memfs/x", "it broke"])
    }

    @Test("a stream whose picture was half written is begun anew, for a while", arguments: [3, 20])
    func halfWritten(failures: Int) async throws {
        let failed = #"{"order":"start","exec":"failed","reconnect_seconds":1}"#
        let script = Script(Array(repeating: failed, count: failures) + [Script.state("running")])
        let (publisher, _) = try Self.publisher(script, .hls, .picture)
        if failures < 10 {
            #expect(try await publisher.film(of: 1).process == "turn")
        } else {
            await #expect(throws: PublishError.self) { try await publisher.film(of: 1) }
        }
        let (other, _) = try Self.publisher(Script([failed]), .hls, .disk)
        await #expect(throws: PublishError.self) { try await other.film(of: 1) }
    }

    @Test("patience has an end")
    func patience() async throws {
        let (publisher, setup) = try Self.publisher(Script([Script.state("running")])) { $0.patience = .seconds(3) }
        let error = await #expect(throws: PublishError.self) { try await publisher.film(of: 12) }
        #expect(error?.code == .timedOut && error?.message.contains("running") == true)
        #expect(setup.clock.sleeps.count == 6)
    }

    @Test("a stream is there with its playlist, not before")
    func playlist() async throws {
        let (publisher, _) = try Self.publisher(Script([Script.state("running")]), .hls)
        #expect(try await publisher.film(of: 12).address == "http://127.0.0.1:8080/memfs/turn/index.m3u8")
        let (early, _) = try Self.publisher(Script([Script.state("running")], hasPlaylist: false), .hls) {
            $0.patience = .seconds(2)
        }
        await #expect(throws: PublishError.self) { try await early.film(of: 12) }
    }

    @Test(
        "what is not ours is left alone unless it is to be replaced",
        arguments: [(true, false, false), (false, true, false), (true, true, true), (false, false, false)])
    func taken(hasProcess: Bool, hasFilm: Bool, replaces: Bool) async throws {
        let unknown = try CoreExchange("124-err-process-404").response
        let setup = try CoreSetup(
            FakeTransport { request, _ in
                if request.path.hasPrefix("/api/v3/process") {
                    return hasProcess ? .answer(200, #"{"id":"turn"}"#) : unknown
                }
                return .answer(200, hasFilm && request.path.contains("turn.mp4") ? #"[{"name":"/turn.mp4"}]"# : "[]")
            })
        var options = FramePublisher.Options()
        options.replaces = replaces
        let publisher = FramePublisher(setup.client, try PublicationTests.plan(.mp4, .disk), options: options)
        if replaces || !hasProcess && !hasFilm {
            try await publisher.prepare()
        } else {
            let error = await #expect(throws: PublishError.self) { try await publisher.prepare() }
            #expect(error?.code == .taken)
        }
        let removals = setup.transport.requests.filter { $0.head.method == .delete }.map(\.path)
        #expect(removals == (replaces ? ["/api/v3/process/turn", "/api/v3/fs/disk/turn.mp4"] : []))
    }

    @Test("pictures arrive under their numbers, whatever their names", arguments: [1, 3, 7])
    func uploads(count: Int) async throws {
        try await CoreScratch.with { folder in
            let frames = try FrameSequence(
                (0..<count).map { try CoreScratch.write([UInt8($0)], "any \($0).png", in: folder) })
            let (publisher, setup) = try Self.publisher(Script([]))
            try await publisher.upload(frames)
            let sent = setup.transport.requests.map { ($0.path, $0.body) }.sorted { $0.0 < $1.0 }
            #expect(sent.map(\.0) == (1...count).map { "/api/v3/fs/disk/darkroom/turn/frame_00000\($0).png" })
            #expect(sent.map(\.1) == (0..<count).map { [UInt8($0)] })
            let (glued, other) = try Self.publisher(Script([]), .mp4, .mem)
            try await glued.upload(frames)
            #expect(other.transport.requests.map(\.body) == [(0..<count).map { UInt8($0) }])
        }
    }

    @Test("a picture that changes follows the clock, in a circle")
    func play() async throws {
        try await CoreScratch.with { folder in
            let frames = try FrameSequence((0..<3).map { try CoreScratch.write([UInt8($0)], "\($0).png", in: folder) })
            let (publisher, setup) = try Self.publisher(Script([]), .hls, .picture)
            try await publisher.play(frames, for: .milliseconds(400))
            #expect(setup.transport.requests.map(\.body) == [[0], [1], [2], [0], [1]])
            #expect(Set(setup.transport.requests.map(\.path)) == ["/api/v3/fs/disk/darkroom/turn/latest.png"])
        }
    }

    @Test("a process whose addition was answered by silence is added once")
    func lostAnswer() async throws {
        let setup = try CoreSetup(
            FakeTransport { request, index in
                guard request.head.method == .post else { return .answer(200, #"{"id":"turn"}"#) }
                if index == 0 { return .answer(503, "{}") }
                return .answer(
                    400, #"{"code":400,"message":"Invalid process config","details":["process already exists"]}"#)
            })
        try await FramePublisher(setup.client, PublicationTests.plan(.mp4, .disk)).start()
        #expect(setup.transport.requests.map(\.head.method) == [.post, .post, .get])
    }
}
