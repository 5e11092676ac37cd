// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// The calls of a Farm Queue that those who submit and those who do tasks need.
public struct FarmQueue: Sendable {
    /// How a task stands; queues may know more words than these.
    public struct Status: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let submitted = Status(rawValue: "submitted")
        public static let starting = Status(rawValue: "starting")
        public static let running = Status(rawValue: "running")
        public static let finished = Status(rawValue: "finished")
        public static let errored = Status(rawValue: "errored")
        public static let cancelling = Status(rawValue: "cancelling")
        public static let cancelled = Status(rawValue: "cancelled")
    }

    private let client: AsyncClient

    /// - Parameter address: the queue, such as `http://farm:8222`, or its management path.
    /// - Throws: `OmniverseError` with `.badAddress`.
    public init(address: String, options: AsyncClientOptions = AsyncClientOptions()) throws(OmniverseError) {
        var text = Substring(address)
        while text.hasSuffix("/") { text = text.dropLast() }
        let path = text.hasSuffix("/queue/management") ? "" : "/queue/management"
        var options = options
        // The paths are known, and there is no document below them.
        options.documentUse = .none
        client = try AsyncClient(uri: text + path, options: options)
    }

    // MARK: For who wants something done

    /// Puts a task in line.
    ///
    /// - Returns: its id.
    public func submit(
        type: String, arguments: [String: JSONValue], user: String, comment: String = ""
    ) async throws -> String {
        let reply = try await client.tasks.submit.post(
            user: .string(user), task_type: .string(type), task_args: .object(arguments),
            task_comment: .string(comment))
        guard let id = reply["task_id"]?.stringValue else {
            throw OmniverseError(.unreadable, "The queue took the task and gave it no id.", reply: reply)
        }
        return id
    }

    /// How a task stands.
    public func info(_ task: String) async throws -> JSONValue {
        try await client.tasks.info.get(.string(task)).json ?? .null
    }

    // MARK: For who does it

    /// Tells the queue that an agent is there.
    ///
    /// - Returns: `false` when the agent was evicted and shall take nothing new.
    public func checkIn(_ agent: String, types: [[String]], active: [String]) async throws -> Bool {
        let reply = try await client.agents.checkin.post(
            agent_id: .string(agent), task_types: Self.pairs(types), active_tasks: .array(active.map { .string($0) }),
            labels: [])
        return reply["status"]?.stringValue != "evicted"
    }

    /// Asks for a task.
    ///
    /// - Parameter types: pairs of a task's type and function.
    /// - Returns: `nil` when there is nothing to do.
    public func fetch(_ agent: String, types: [[String]]) async throws -> FarmTask? {
        let reply = try await client.tasks.fetch.post(
            agent_id: .string(agent), task_types: Self.pairs(types), capacity: [:], labels: [])
        return reply.json == .null ? nil : try reply.decode(as: FarmTask.self)
    }

    /// Tells how a task stands.
    ///
    /// - Parameters:
    ///   - details: why, for people.
    ///   - progress: 0 to 1, with a word.
    /// - Returns: whether the task shall be given up.
    @discardableResult
    public func update(
        _ task: FarmTask, _ status: Status, agent: String, details: String = "",
        progress: (part: Double, message: String)? = nil
    ) async throws -> Bool {
        var members: [String: JSONValue] = [
            "task_id": .string(task.id), "task_type": .string(task.type), "task_function": .string(task.function),
            "status": .string(status.rawValue), "agent_id": .string(agent), "details": .string(details),
        ]
        if let progress {
            members["progress"] = [
                "current_step_index": 0, "total_step_count": 1, "progress": .double(progress.part),
                "status_message": .string(progress.message), "time_remaining": 0,
            ]
        }
        return try await client.call(client.tasks.update.post, with: members, as: JSONValue.self)["should_cancel"]
            == .bool(true)
    }

    /// Puts a task that has ended back in line.
    public func retry(_ task: FarmTask) async throws {
        try await client.tasks.retry.post(
            task_id: .string(task.id), task_type: .string(task.type), task_function: .string(task.function),
            status: .string(Status.submitted.rawValue))
    }

    /// Lets a task go that waited for another one, or gives it up.
    func release(_ id: String, type: String, function: String, _ status: Status) async throws {
        try await client.tasks.update.post(
            task_id: .string(id), task_type: .string(type), task_function: .string(function),
            status: .string(status.rawValue))
    }

    /// Adds to a task's log.
    public func upload(log: String, of task: FarmTask, agent: String) async throws {
        try await client.logs.upload.post(
            agent_id: .string(agent), task_id: .string(task.id), logs: .string(log))
    }

    /// Tells the queue that an agent is gone.
    public func remove(_ agent: String) async throws {
        try await client.agents.remove.post(agent_id: .string(agent), active_tasks: [])
    }

    private static func pairs(_ types: [[String]]) -> JSONValue {
        .array(types.map { .array($0.map { .string($0) }) })
    }
}
