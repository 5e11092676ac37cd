// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import JSONRPC
import Synchronization

extension FakeCore {
    func processAnswer(_ method: String, _ route: [String], _ body: [UInt8]) async -> LoopbackServer.Answer {
        let content = try? JSONValue(parsing: body)
        guard let id = route.first else {
            guard method == "POST" else { return Self.json([]) }
            return add(content ?? .null)
        }
        guard let run = state.withLock({ $0.runs[id] }) else {
            return route.last == "command"
                ? Self.refusal(400, "Command failed", "unknown process")
                : Self.refusal(404, "Unknown process ID", "unknown process")
        }
        switch (method, route.dropFirst().first) {
        case ("GET", nil): return Self.json(["id": .string(id)])
        case ("GET", "state"): return Self.json(run.state)
        case ("GET", "report"): return Self.json(["created_at": 1, "prelude": [], "log": run.log, "history": []])
        case ("PUT", "command"):
            if content?["command"] == "stop" { run.end() }
            return Self.json("OK")
        case ("DELETE", nil):
            run.end()
            state.withLock { $0.runs[id] = nil }
            for pattern in run.purges {
                let parts = pattern.split(separator: ":", maxSplits: 1).map(String.init)
                for name in (parts[0] == "mem" ? memory : files) where FakeGlob.matches(name, parts[1]) {
                    remove(name, parts[0])
                }
            }
            return Self.json("OK")
        default: return Self.unknownRoute
        }
    }

    private func add(_ config: JSONValue) -> LoopbackServer.Answer {
        let id = config["id"]?.stringValue ?? "made-up"
        guard state.withLock({ $0.runs[id] == nil }) else {
            return Self.refusal(400, "Invalid process config", "process already exists")
        }
        let memory = "http://\(Self.username):\(Self.memPassword)@127.0.0.1:\(state.withLock { $0.port })/memfs"
        func resolved(_ value: JSONValue?) -> String {
            (value?.stringValue ?? "").replacing("{diskfs}", with: disk.path).replacing("{memfs}", with: memory)
                .replacing("{processid}", with: id)
        }
        var arguments = (config["options"]?.arrayValue ?? []).map(resolved)
        for stream in config["input"]?.arrayValue ?? [] {
            arguments += (stream["options"]?.arrayValue ?? []).map(resolved) + ["-i", resolved(stream["address"])]
        }
        var purges: [String] = []
        for stream in config["output"]?.arrayValue ?? [] {
            arguments += (stream["options"]?.arrayValue ?? []).map(resolved) + [resolved(stream["address"])]
            for rule in stream["cleanup"]?.arrayValue ?? [] where rule["purge_on_delete"] == true {
                purges.append(resolved(rule["pattern"]))
            }
        }
        let run = FakeRun(arguments: arguments, reconnects: config["reconnect"] == true, purges: purges)
        state.withLock { $0.runs[id] = run }
        run.begin()
        return Self.json(config)
    }
}

/// ffmpeg at work for a process.
final class FakeRun: Sendable {
    private struct State {
        var lines: [String] = []
        var partial = ""
        var order = "start"
        var exec = "starting"
    }

    let arguments: [String]
    let purges: [String]
    private let reconnects: Bool
    private let process = Process()
    private let kept = Mutex(State())

    init(arguments: [String], reconnects: Bool, purges: [String]) {
        (self.arguments, self.reconnects, self.purges) = (arguments, reconnects, purges)
    }

    func begin() {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin"] + arguments
        let errors = Pipe()
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        errors.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil } else { hear(String(decoding: data, as: UTF8.self)) }
        }
        process.terminationHandler = { [self] process in
            // ffmpeg answers the signal that Core stops it with by ending in good order, with 255.
            let isFine = process.terminationStatus == 0 || process.terminationStatus == 255
            kept.withLock { $0.exec = isFine ? "finished" : "failed" }
        }
        do {
            try process.run()
            kept.withLock { $0.exec = $0.exec == "starting" ? "running" : $0.exec }
        } catch {
            kept.withLock { ($0.exec, $0.lines) = ("failed", ["\(error)"]) }
        }
    }

    /// Stops it and waits until it has ended, at most five seconds.
    func end() {
        kept.withLock { $0.order = "stop" }
        guard process.isRunning else { return }
        process.interrupt()
        for _ in 0..<500 where process.isRunning { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    private func hear(_ text: String) {
        kept.withLock { state in
            let parts = (state.partial + text).split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
            state.partial = String(parts.last ?? "")
            state.lines += parts.dropLast().map(String.init)
            state.lines = state.lines.suffix(50)
        }
    }

    var log: JSONValue { .array(kept.withLock { $0.lines }.map { ["1", .string($0)] }) }

    var state: JSONValue {
        kept.withLock { state in
            let isRunning = state.exec == "running"
            let frame = state.lines.last { $0.hasPrefix("frame=") }?.dropFirst(6).drop { $0 == " " }.prefix {
                $0.isNumber
            }
            return [
                "order": .string(state.order), "exec": .string(state.exec), "runtime_seconds": 0,
                "reconnect_seconds": .int(reconnects && !isRunning && state.order == "start" ? 1 : -1),
                "last_logline": .string(state.lines.last ?? ""),
                "progress": ["frame": .int(isRunning ? frame.flatMap { Int64($0) } ?? 0 : 0)], "cpu_usage": 0.5,
            ]
        }
    }
}
