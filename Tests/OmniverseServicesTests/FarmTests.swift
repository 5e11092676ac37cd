// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Logging
import OmniverseServices
import Synchronization
import Testing

/// Work that ends as the task's arguments say.
private final class ScriptedWork: FarmAgent.Work {
    struct Failure: Error, CustomStringConvertible { var description = "the stage is broken" }

    private let started = Mutex<[String]>([])
    var names: [String] { started.withLock { $0 } }

    func run(_ task: FarmTask, tell: @escaping @Sendable (Double, String) -> Void) async throws -> String {
        let name = task.arguments["name"]?.stringValue ?? ""
        started.withLock { $0.append(name) }
        tell(0.5, "half")
        switch name {
        case "bad": throw Failure()
        case "slow":
            try await Task.sleep(for: .seconds(60))
            return "too late"
        default: return "made \(name)"
        }
    }
}

@Suite(
    .enabled(if: StandIn.interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with fastapi"),
    .timeLimit(.minutes(2)))
struct FarmTests {
    static func agent(_ address: String, id: String) throws -> FarmAgent {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var agent = FarmAgent(queue: try FarmQueue(address: address), id: id, types: [["draw", ""]], logger: logger)
        agent.timing.pauseWithoutWork = .milliseconds(50)
        agent.timing.pauseAfterWork = .milliseconds(10)
        agent.timing.watch = .milliseconds(100)
        return agent
    }

    /// Waits for a task to come to a status.
    static func status(_ queue: FarmQueue, _ id: String, not unwanted: Set<String>) async throws -> JSONValue {
        for _ in 0..<400 {
            let info = try await queue.info(id)
            if let status = info["status"]?.stringValue, !unwanted.contains(status) { return info }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("task \(id) stays as it is")
        return .null
    }

    @Test("an agent takes tasks, does them, and tells how they ended")
    func tasks() async throws {
        try await StandIn.run { address in
            let queue = try FarmQueue(address: address)
            let good = try await queue.submit(type: "draw", arguments: ["name": "good"], user: "me")
            let bad = try await queue.submit(type: "draw", arguments: ["name": "bad"], user: "me")
            let other = try await queue.submit(type: "other", arguments: [:], user: "me")
            let work = ScriptedWork()
            let agent = try Self.agent(address, id: "agent-1")
            let running = Task { await agent.run(work) }
            let pending: Set = ["submitted", "starting", "running"]
            #expect(try await Self.status(queue, good, not: pending)["status"] == "finished")
            let failed = try await Self.status(queue, bad, not: pending)
            #expect(failed["status"] == "errored")
            #expect(failed["task_details"]?.stringValue?.contains("broken") ?? true)
            running.cancel()
            await running.value
            #expect(try await queue.info(other)["status"] == "submitted")
            #expect(Set(work.names) == ["good", "bad"])
        }
    }

    @Test("a task that is cancelled in the queue is given up, and the agent goes on")
    func cancelled() async throws {
        try await StandIn.run { address in
            let queue = try FarmQueue(address: address)
            let slow = try await queue.submit(type: "draw", arguments: ["name": "slow"], user: "me")
            let work = ScriptedWork()
            let agent = try Self.agent(address, id: "agent-2")
            let running = Task { await agent.run(work) }
            _ = try await Self.status(queue, slow, not: ["submitted", "starting"])
            let client = try AsyncClient(uri: address + "/queue/management")
            try await client.tasks.cancel.post(
                task_id: .string(slow), task_type: "draw", status: "cancelled")
            let ended = try await Self.status(queue, slow, not: ["running", "cancelling"])
            #expect(ended["status"] == "cancelled")
            let next = try await queue.submit(type: "draw", arguments: ["name": "next"], user: "me")
            #expect(
                try await Self.status(queue, next, not: ["submitted", "starting", "running"])["status"] == "finished")
            running.cancel()
            await running.value
        }
    }

    @Test("an agent that is stopped gives its task back")
    func stopped() async throws {
        try await StandIn.run { address in
            let queue = try FarmQueue(address: address)
            let slow = try await queue.submit(type: "draw", arguments: ["name": "slow"], user: "me")
            let agent = try Self.agent(address, id: "agent-3")
            let running = Task { await agent.run(ScriptedWork()) }
            _ = try await Self.status(queue, slow, not: ["submitted", "starting"])
            running.cancel()
            await running.value
            #expect(try await queue.info(slow)["status"] == "submitted")
        }
    }

    @Test("a queue that is not there is no end: the agent goes on asking until it is stopped")
    func noQueue() async throws {
        let agent = try Self.agent("http://127.0.0.1:9", id: "agent-4")
        let running = Task { await agent.run(ScriptedWork()) }
        try await Task.sleep(for: .milliseconds(300))
        running.cancel()
        await running.value
    }
}
