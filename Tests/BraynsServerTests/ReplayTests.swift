// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsServer

/// Everything a real Brayns was recorded to answer, asked of this backend in the same order.
@Suite(.timeLimit(.minutes(5))) struct ReplayTests {
    /// A folder with what the recorded requests name.
    fileprivate struct Files {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("replay-\(UUID().uuidString)")
        var cube: String { folder.appendingPathComponent("cube.obj").path }

        init() throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let upload = try BinaryFrame.decode(try Fixtures.bytes("brayns/105-upload-model-cube/request.bin"))
            try Data(upload.payload).write(to: URL(fileURLWithPath: cube))
            let volume = try BinaryFrame.decode(
                try Fixtures.bytes("brayns/64-upload-model-raw-volume-progress/request.bin"))
            try Data(volume.payload).write(to: folder.appendingPathComponent("volume.raw"))
        }

        /// Recorded paths as they are here.
        func here(_ text: String) -> String {
            text.replacing("/data/brayns-files/src/python/testapi/core/assets/cube.obj", with: cube)
                .replacing("/tmp/brayns-vol.raw", with: folder.appendingPathComponent("volume.raw").path)
                .replacing(
                    "/data/brayns-files/src/python/testapi/plugins/assets/1bna.pdb",
                    with: Fixtures.url("molecules/1bna.pdb").path
                )
                .replacing("/tmp/brayns-capture.png", with: folder.appendingPathComponent("capture.png").path)
        }
    }

    /// Answers that differ on purpose: what is served, and the id that a real Brayns garbles.
    private static let own: Set<String> = ["12-registry", "25-get-loaders", "111-cancel-unknown"]
    /// Exchanges whose messages may come in another order.
    private static let unordered: Set<String> = ["110-cancel-not-cancellable"]
    /// Cancellations that a backend without Brayns' second of sleep is too fast for; `LiveTests` has their like.
    private static let racing: Set<String> = ["108-cancel-snapshot", "109-cancel-queued"]

    @Test("recorded requests get the recorded answers, text for text")
    func replay() async throws {
        try await Self.replay(against: Backend())
    }

    @Test("recorded requests get the recorded answers over a real WebSocket")
    func replayLive() async throws {
        let backend = try await LiveBackend()
        try await ReplayTests.replay(against: try await backend.connect())
        try await backend.ended()
    }

    static func replay(against peer: some Peer) async throws {
        let files = try Files()
        defer { try? FileManager.default.removeItem(at: files.folder) }
        var count = 0
        for exchange in try Recorded.all() where !racing.contains(exchange.name) {
            count += 1
            for request in exchange.requests { try await peer.send(files.here(request)) }
            var expected = exchange.replies.filter { !isProgress($0.text) }.map { files.here($0.text) }
            var firstProgress = exchange.replies.map(\.text).first(where: isProgress)
            var answers: [Received] = []
            while answers.count < expected.count {
                let message = try #require(await peer.next(), "\(exchange)")
                if isProgress(message.text) {
                    if let first = firstProgress { #expect(message.text == first, "\(exchange)") }
                    firstProgress = nil
                } else {
                    answers.append(message)
                }
            }
            #expect(firstProgress == nil, "\(exchange) sends no progress")
            if unordered.contains(exchange.name) {
                expected.sort()
                answers.sort { $0.text < $1.text }
            }
            for (answer, expected) in zip(answers, expected) { try check(exchange.name, answer, expected) }
            let binary = exchange.replies.filter(\.isBinary).count
            let pictures = answers.filter(\.isBinary)
            #expect(pictures.count == binary, "\(exchange)")
            if let picture = pictures.first { try RecordedPicture.check(exchange.name, picture.payload) }
        }
        #expect(count > 100)
    }

    private static func check(_ name: String, _ answer: Received, _ expected: String) throws {
        if own.contains(name) {
            #expect(answer.code == (try JSONValue(parsing: expected))["error"]?["code"]?.intValue.map(Int.init))
            return
        }
        if name.contains("-schema-"), answer.code == nil {
            let recorded = try JSONValue(parsing: expected)
            #expect(answer.json.withoutTexts == recorded.withoutTexts, "\(name)")
            return
        }
        #expect(answer.text.comparable == expected.comparable, "\(name)")
    }

    private static func isProgress(_ text: String) -> Bool { text.contains(#""operation":"#) }
}

extension ReplayTests.Files {
    fileprivate func here(_ message: TransportMessage) -> TransportMessage {
        guard case .text(let text) = message else { return message }
        return .text(here(text))
    }
}

extension String {
    /// The text without what two renderers, two builds and two compressors need not share.
    fileprivate var comparable: String {
        replacing(/"size":[0-9]+/) { $0.output == "\"size\":0" ? "\"size\":0" : "\"size\":N" }
            .replacing(/"revision":"[a-z0-9]+"/, with: "\"revision\":\"\"")
            .replacing(/"position":\[0\.80000025,0\.6000002,1\.0000001\]/, with: "\"position\":[HIT]")
            .replacing(/"position":\[0\.[78][0-9]+,0\.[56][0-9]+,(1|1\.0|0\.9)[0-9]*\]/, with: "\"position\":[HIT]")
    }
}
