// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Synchronization

/// A datarhei Core of a few lines for tests: it keeps files and processes, runs the system's ffmpeg, and answers as the
/// recordings of a real one do.
public final class FakeCore: Sendable {
    struct State {
        var memory: [String: [UInt8]] = [:]
        var runs: [String: FakeRun] = [:]
        var token = 0
        var requests: [String] = []
        var port = 0
    }

    public static let username = "admin"
    public static let password = "datarhei"
    /// What mem files are written with from outside the API.
    static let memPassword = "memfs-secret"

    /// The folder that stands for the Core's disk.
    public let disk: URL
    let state = Mutex(State())

    private init(disk: URL) { self.disk = disk }

    /// Runs a body against a Core of its own, which is gone afterwards with all that it ran.
    public static func with<Result>(_ body: (FakeCore, String) async throws -> Result) async throws -> Result {
        let disk = FileManager.default.temporaryDirectory.appendingPathComponent(
            "darkroom-fake-core-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: disk) }
        let core = FakeCore(disk: disk)
        defer { for run in core.state.withLock({ Array($0.runs.values) }) { run.end() } }
        return try await LoopbackServer.with {
            await core.answer($0)
        } _: { server in
            core.state.withLock { $0.port = server.port }
            return try await body(core, server.address)
        }
    }

    /// What was asked, as `METHOD /path`, in order.
    public var requests: [String] { state.withLock { $0.requests } }
    /// Names of the files in memory.
    public var memory: [String] { state.withLock { $0.memory.keys.sorted() } }
    /// Ids of the processes that there are.
    public var processes: [String] { state.withLock { $0.runs.keys.sorted() } }
    /// ffmpeg's arguments of a process.
    public func arguments(of id: String) -> [String] { state.withLock { $0.runs[id]?.arguments ?? [] } }

    /// Files of the disk, as the API names them.
    public var files: [String] {
        let paths = FileManager.default.subpaths(atPath: disk.path) ?? []
        return paths.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: place(path).path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.map { "/" + $0 }.sorted()
    }

    func place(_ path: String) -> URL { disk.appendingPathComponent(String(path.drop { $0 == "/" })) }

    // MARK: Answers

    func answer(_ request: FakeTransport.Request) async -> LoopbackServer.Answer {
        let method = request.head.method.rawValue
        let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
        let path = PercentEncoding.decode(parts[0]) ?? parts[0]
        var query: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1).map { PercentEncoding.decode($0) ?? "" }
            query[pair[0]] = pair.count > 1 ? pair[1] : ""
        }
        state.withLock { $0.requests.append("\(method) \(path)") }
        if path == "/ping" { return Self.text("pong") }
        if path == "/api/login", method == "POST" { return login(request) }
        if path.hasPrefix("/memfs/") { return memfs(method, String(path.dropFirst(6)), request) }
        guard path.hasPrefix("/api") else { return fileAnswer(FileManager.default.contents(atPath: place(path).path)) }
        let isKnown = state.withLock { $0.token > 0 && request.header("authorization") == "Bearer token-\($0.token)" }
        if path == "/api" {
            return Self.json(
                isKnown
                    ? ["app": "datarhei-core", "auths": ["localjwt"], "id": "fake", "version": ["number": "16.16.0"]]
                    : ["app": "datarhei-core", "auths": ["localjwt"], "version": ["number": "16.0.0"]])
        }
        guard isKnown else { return Self.refusal(401, "Unauthorized", "Missing or invalid JWT token") }
        let route = path.split(separator: "/").dropFirst(2).map(String.init)
        switch route.first {
        case "fs": return filesAnswer(method, Array(route.dropFirst()), query, request.body)
        case "process": return await processAnswer(method, Array(route.dropFirst()), request.body)
        default: return Self.unknownRoute
        }
    }

    private func login(_ request: FakeTransport.Request) -> LoopbackServer.Answer {
        let body = try? JSONValue(parsing: request.body)
        guard body?["username"]?.stringValue == Self.username, body?["password"]?.stringValue == Self.password else {
            return Self.refusal(401, "Unauthorized", "Invalid authorization credentials: invalid username or password")
        }
        let number = state.withLock { state in
            state.token += 1
            return state.token
        }
        return Self.json(["access_token": .string("token-\(number)"), "refresh_token": "refresh"])
    }

    private func memfs(_ method: String, _ name: String, _ request: FakeTransport.Request) -> LoopbackServer.Answer {
        if method == "GET" { return fileAnswer(state.withLock { $0.memory[name] }.map { Data($0) }) }
        // A real Core wants a password here. ffmpeg offers it only to who refuses before the body has come, and the
        // little server cannot.
        return state.withLock { state in
            let isNew = state.memory.updateValue(request.body, forKey: name) == nil
            if method == "DELETE" { state.memory[name] = nil }
            return LoopbackServer.Answer(method == "DELETE" ? 200 : isNew ? 201 : 204)
        }
    }

    private func filesAnswer(
        _ method: String, _ route: [String], _ query: [String: String], _ body: [UInt8]
    ) -> LoopbackServer.Answer {
        guard let storage = route.first else {
            return Self.json([
                ["name": "disk", "type": "disk", "mount": "/"], ["name": "mem", "type": "mem", "mount": "/memfs"],
            ])
        }
        let name = "/" + route.dropFirst().joined(separator: "/")
        guard route.count > 1 else {
            guard method == "GET" else { return Self.unknownRoute }
            let names = (storage == "mem" ? memory : files).filter { FakeGlob.matches($0, query["glob"] ?? "") }
            return Self.json(
                .array(names.map { ["name": .string($0), "size_bytes": .int(Int64(read($0, storage)?.count ?? 0))] }))
        }
        switch method {
        case "PUT":
            let isNew = read(name, storage) == nil
            write(body, name, storage)
            return LoopbackServer.Answer(isNew ? 201 : 204)
        case "DELETE":
            guard read(name, storage) != nil else { return Self.refusal(404, "File not found", name) }
            remove(name, storage)
            return Self.text("Deleted: \(name)")
        default: return fileAnswer(read(name, storage).map { Data($0) })
        }
    }

    func read(_ name: String, _ storage: String) -> [UInt8]? {
        storage == "mem"
            ? state.withLock { $0.memory[name] }
            : FileManager.default.contents(atPath: place(name).path).map { [UInt8]($0) }
    }

    private func write(_ bytes: [UInt8], _ name: String, _ storage: String) {
        guard storage != "mem" else { return state.withLock { $0.memory[name] = bytes } }
        let file = place(name)
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data(bytes).write(to: file)
    }

    func remove(_ name: String, _ storage: String) {
        if storage == "mem" {
            state.withLock { $0.memory[name] = nil }
        } else {
            try? FileManager.default.removeItem(at: place(name))
        }
    }

    private func fileAnswer(_ data: Data?) -> LoopbackServer.Answer {
        guard let data else { return Self.refusal(404, "File not found", "no such file") }
        return LoopbackServer.Answer(200, body: [UInt8](data))
    }

    static func text(_ text: String) -> LoopbackServer.Answer { LoopbackServer.Answer(200, body: Array(text.utf8)) }

    static func json(_ value: JSONValue) -> LoopbackServer.Answer {
        LoopbackServer.Answer(200, headers: [("Content-Type", "application/json")], body: value.serializedUTF8())
    }

    static func refusal(_ status: Int, _ message: String, _ detail: String) -> LoopbackServer.Answer {
        let body: JSONValue = ["code": .int(Int64(status)), "message": .string(message), "details": [.string(detail)]]
        return LoopbackServer.Answer(status, body: body.serializedUTF8())
    }

    static let unknownRoute = refusal(404, "Not Found", "Not Found")
}

/// Core's patterns: `*` stays within a folder, `**` does not; an empty one fits all.
enum FakeGlob {
    static func matches(_ name: String, _ pattern: String) -> Bool {
        guard !pattern.isEmpty else { return true }
        let text = NSRegularExpression.escapedPattern(for: pattern)
            .replacing("\\*\\*", with: ".*").replacing("\\*", with: "[^/]*")
        return name.range(of: "^\(text)$", options: .regularExpression) != nil
    }
}
