// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

extension CoreClient {
    /// Processes with what is asked for of them.
    public func processes(_ query: CoreProcessQuery = CoreProcessQuery()) async throws -> [CoreProcess] {
        try await fetch(call(.get, ["process"], query: query.items, purpose: "list processes"))
    }

    /// A process.
    ///
    /// - Parameter parts: what to give of it; `nil` for all.
    /// - Throws: `ServiceError` with `.missing` when there is none of that id; so do the other calls about one process.
    public func process(_ id: String, parts: Set<CoreProcess.Part>? = nil) async throws -> CoreProcess {
        try await fetch(
            call(
                .get, ["process", id], query: [("filter", CoreProcessQuery.filter(parts))],
                purpose: "show process \(id)"))
    }

    /// Adds a process, and starts it when its configuration says so.
    ///
    /// - Returns: the configuration as it was stored.
    /// - Throws: `ServiceError` with status 400 for an id that is taken or a configuration that cannot be.
    public func addProcess(_ config: CoreProcessConfig) async throws -> CoreProcessConfig {
        let purpose = "add the process \(config.id ?? "")"
        return try await fetch(call(.post, ["process"], purpose: purpose, body: body(config, for: purpose)))
    }

    /// Changes a process: what the change leaves `nil` stays as it is, also within its first input and output.
    ///
    /// - Returns: the configuration as it was stored, whose id is another when the change names one.
    public func changeProcess(_ id: String, _ change: CoreProcessConfig) async throws -> CoreProcessConfig {
        let purpose = "change process \(id)"
        return try await fetch(call(.put, ["process", id], purpose: purpose, body: body(change, for: purpose)))
    }

    /// Stops a process, waits for its end, and removes it with the files that its cleanup rules name.
    public func deleteProcess(_ id: String) async throws {
        do {
            try await collect(call(.delete, ["process", id], purpose: "remove process \(id)"))
        } catch let error as ServiceError where error.code == .missing && error.tries > 1 {
            // An earlier try whose answer was lost has removed it.
        }
    }

    /// Tells a process what to do; stopping waits for its end.
    public func command(_ id: String, _ command: CoreProcessCommand) async throws {
        try await collect(
            call(
                .put, ["process", id, "command"], purpose: "\(command.rawValue) process \(id)",
                body: body(["command": .string(command.rawValue)])))
    }

    /// What a process does.
    public func processConfig(_ id: String) async throws -> CoreProcessConfig {
        try await fetch(call(.get, ["process", id, "config"], purpose: "show the configuration of process \(id)"))
    }

    /// Where a process stands.
    public func processState(_ id: String) async throws -> CoreProcessState {
        try await fetch(call(.get, ["process", id, "state"], purpose: "show the state of process \(id)"))
    }

    /// What ffmpeg said.
    ///
    /// - Parameters: moments of a run, in seconds since 1970, to pick it from the history where the server can.
    public func processReport(
        _ id: String, createdAt: Int? = nil, exitedAt: Int? = nil
    ) async throws -> CoreProcessReport {
        try await fetch(
            call(
                .get, ["process", id, "report"],
                query: [("created_at", createdAt.map(String.init)), ("exited_at", exitedAt.map(String.init))],
                purpose: "show the report of process \(id)"))
    }

    /// What ffmpeg finds in a process's inputs; takes up to 20 s, so give it time.
    public func probeProcess(_ id: String) async throws -> CoreProbe {
        let probe: CoreProbe = try await with(timeout: max(options.timeout, .seconds(30))).fetch(
            call(.get, ["process", id, "probe"], purpose: "probe the inputs of process \(id)"))
        // No refusal, as everywhere else, but a log with this line alone.
        if (probe.streams ?? []).isEmpty, probe.log?.first?.hasPrefix("Unknown process ID") == true {
            throw ServiceError(.missing, "\(endpoint) has no process \(id) to probe.", status: 200)
        }
        return probe
    }

    /// Searches the reports of all processes for runs that have ended; since 16.20.
    public func searchReports(_ query: CoreReportQuery = CoreReportQuery()) async throws -> [CoreReportMatch] {
        try await fetch(call(.get, ["report", "process"], query: query.items, purpose: "search reports"))
    }
}
