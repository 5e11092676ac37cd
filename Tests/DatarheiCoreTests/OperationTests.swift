// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Testing

/// Every operation sends what a real Core took, and reads what it answered.
@Suite struct OperationTests {
    typealias Call = @Sendable (CoreClient) async throws -> Bool

    static let calls: [(file: String, call: Call)] =
        server + files + data + processes + later

    static let server: [(file: String, call: Call)] = [
        ("01-ping", { try await $0.ping() == .zero }),
        ("05-about", { try await $0.about().version.number == "16.16.0" }),
        (
            "16-config-get",
            { client in
                let configuration = try await client.configuration()
                return configuration.config["log.max_lines"] == 900 && configuration.config["version"] == 3
                    && configuration.overrides.contains("api.auth.username") && configuration.createdAt != nil
                    && !"\(configuration)".contains("memfs-secret")
            }
        ),
        (
            "17-config-put",
            { client in
                var change = CoreSettings()
                change["log.max_lines"] = 900
                try await client.setConfiguration(change)
                return true
            }
        ),
        (
            "166-config-reload",
            { client in
                try await client.reloadConfiguration(); return true
            }
        ),
        (
            "20-skills",
            { client in
                let skills = try await client.skills()
                return skills.ffmpeg?.version == "5.1.9" && skills.filter?.isEmpty == false
            }
        ),
    ]

    static let files: [(file: String, call: Call)] = [
        ("22-fs", { try await $0.fileSystems().map(\.mount) == ["/", "/memfs"] }),
        ("23-fs-mem-list-empty", { try await $0.files(in: "mem").isEmpty }),
        (
            "31-fs-mem-list-glob",
            { client in
                let files = try await client.files(in: "mem", CoreFileQuery(glob: "/frames/*.png"))
                return files.map(\.sizeBytes) == [156] && files[0].lastModified == 1_795_248_101
            }
        ),
        (
            "43-fs-disk-list",
            { client in
                try await client.files(in: "disk", CoreFileQuery(sortedBy: .name)).count == 2
            }
        ),
        ("27-fs-mem-get", { String(decoding: try await bytes($0, "dir/hello.txt"), as: UTF8.self) == "hello again" }),
        ("50-fs-mem-get-big", { try await bytes($0, "/big.txt").count == 5000 }),
        ("29-fs-mem-head", { try await $0.hasFile("dir/hello.txt", in: "mem") }),
        ("34-err-fs-mem-head-404", { try await !$0.hasFile("dir/hello.txt", in: "mem") }),
        (
            "32-fs-mem-delete",
            { client in
                try await client.deleteFile("dir/hello.txt", in: "mem"); return true
            }
        ),
    ]

    static func bytes(_ client: CoreClient, _ path: String) async throws -> [UInt8] {
        try await client.file(path, in: "mem").body.collect(upTo: 10_000)
    }

    static let data: [(file: String, call: Call)] = [
        ("60-log", { try await $0.log().first?.contains("datarhei-core") == true }),
        ("61-log-raw", { try await $0.logEntries().first?["component"] == "Core" }),
        ("64-metadata-get", { try await $0.metadata("scene")["frames"] == 3 }),
        ("65-metadata-get-all", { try await $0.metadata().keys.sorted() == ["scene", "title"] }),
        (
            "62-metadata-put-object",
            { client in
                try await client.setMetadata("scene", to: ["name": "demo", "frames": 3, "tags": ["a", "b"]])
                return true
            }
        ),
        (
            "66-metadata-delete-by-null",
            { client in
                try await client.setMetadata("title", to: .null); return true
            }
        ),
        ("112-metrics-get", { try await $0.metrics().contains { $0.labels == ["path"] } }),
        (
            "113-metrics-post",
            { client in
                let query = CoreMetricsQuery(
                    timerangeSec: 10, intervalSec: 2,
                    metrics: [
                        .init(name: "cpu_idle"), .init(name: "ffmpeg_process"),
                        .init(name: "restream_process", labels: ["processid": "live"]),
                    ])
                let series = try await client.metrics(query).metrics
                return series?.count == 4 && series?[0].values?[1].time == 1_795_248_113
                    && series?[0].values?[1].value == 0
                    && series?[0].labels?["name"] == "frame"
            }
        ),
        ("105-rtmp", { try await $0.rtmpChannels().map(\.name) == ["/live/rtmpout.stream"] }),
        (
            "106-srt",
            { client in
                let channels = try await client.srtChannels()
                return channels.publisher == ["srtout": 488_658_799]
                    && channels.connections?["488658799"]?.stats?["max_bandwidth_mbit"] == -1
            }
        ),
        ("107-widget-process", { try await $0.widget("live").uptime == 6 }),
        (
            "109-session",
            { client in
                let names = ["hls", "hlsingress", "http", "https", "rtmp", "srt", "ffmpeg"]
                let hls = try await client.sessions(names)["hls"]
                return hls?.active.list?.first?.bandwidthTxKbit == 607.773
                    && hls?.summary.remote?["unknown"]?.local?["/memfs/pubC/index.m3u8"]?.sessions == 1
            }
        ),
        (
            "111-session-active",
            { client in
                let names = ["hls", "hlsingress", "http", "rtmp", "srt", "ffmpeg"]
                return try await client.activeSessions(names)["rtmp"]?.first?.remote == "127.0.0.1:51350"
            }
        ),
    ]

    @Test("sends what the server took and reads what it answered", arguments: calls.map(\.file))
    func operation(file: String) async throws {
        let exchange = try CoreExchange(file)
        let setup = try CoreSetup(FakeTransport([exchange.response]))
        let call = try #require(Self.calls.first { $0.file == file }).call
        #expect(try await call(setup.client))
        let request = try #require(setup.transport.requests.first)
        #expect(setup.transport.requests.count == 1)
        #expect(request.head.method.rawValue == exchange.method)
        let (path, query) = CoreExchange.split(request.path)
        #expect(path == exchange.path.split(separator: "?").first.map(String.init))
        // What is the server's default may be said or not.
        let defaults: Set<String> = ["format=console"]
        #expect(query.filter { !defaults.contains($0) } == exchange.query)
        let isOpen = ["/ping", "/api/v3/widget/process/live"].contains(path)
        #expect(request.header("authorization") == (isOpen ? nil : "Bearer fixed"))
        guard let body = exchange.body else {
            #expect(request.body.isEmpty)
            return
        }
        #expect(try JSONValue(parsing: request.body) == body)
        #expect(request.header("content-type") == exchange.contentType)
    }
}
