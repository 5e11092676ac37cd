// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

/// What a Core says of itself, and its settings.
extension CoreClient {
    /// What the server is: version, name, uptime.
    ///
    /// Core answers a token it no longer takes with half of this instead of a refusal; then it is asked once more with
    /// a new one.
    public func about() async throws -> CoreAbout {
        let call = request(.get, "/api", purpose: "say what it is")
        let about = try await fetch(call, as: CoreAbout.self)
        guard !about.isComplete, let authorization, !(about.auths ?? []).isEmpty else { return about }
        authorization.drop()
        return try await fetch(call, as: CoreAbout.self)
    }

    /// Whether the server is there; nobody need log in for it.
    ///
    /// - Returns: how long it took to answer.
    @discardableResult
    public func ping() async throws -> Duration {
        let start = options.clock.uptime()
        let call = request(.get, "/ping", purpose: "answer a ping")
        let said = String(decoding: try await collect(call, isOpen: true).bytes, as: UTF8.self)
        guard said.trimmingCharacters(in: .whitespacesAndNewlines) == "pong" else {
            throw ServiceError(.unreadable, "\(endpoint) is no datarhei Core: it answered a ping otherwise.")
        }
        return options.clock.uptime() - start
    }

    /// Logs in now, so that a wrong password shows at once; calls do so by themselves.
    ///
    /// - Throws: `ServiceError`: `.unauthorized` for a wrong password, which Core takes 5 s to say.
    @discardableResult
    public func login() async throws -> CoreTokens {
        guard let authorization else {
            throw ServiceError(.noCredential, "There is no user name and password to log in to \(endpoint) with.")
        }
        return try await authorization.logIn()
    }

    // MARK: Settings

    /// The stored settings, with all secrets in clear text.
    public func configuration() async throws -> CoreConfiguration {
        let answer: JSONValue = try await fetch(call(.get, ["config"], purpose: "show its settings"))
        guard let config = answer["config"] else {
            throw ServiceError(.unreadable, "\(endpoint) answered without settings when asked to show them.")
        }
        return CoreConfiguration(
            createdAt: answer["created_at"]?.stringValue, loadedAt: answer["loaded_at"]?.stringValue,
            updatedAt: answer["updated_at"]?.stringValue, config: CoreSettings(config),
            overrides: (answer["overrides"]?.arrayValue ?? []).compactMap(\.stringValue))
    }

    /// Stores settings; those left out keep their value. They count from the next reload on.
    ///
    /// - Throws: `ServiceError` with status 409 and, in its details, what is wrong with which setting.
    public func setConfiguration(_ settings: CoreSettings) async throws {
        try await collect(call(.put, ["config"], purpose: "take new settings", body: body(settings.value)))
    }

    /// Loads the stored settings: the server is away for half a second and comes back with its processes, without
    /// the files of its memory.
    public func reloadConfiguration() async throws {
        try await collect(call(.get, ["config", "reload"], purpose: "load its settings", isRepeatable: false))
    }

    // MARK: Log

    /// The last lines of the log, as a console shows them.
    public func log() async throws -> [String] {
        try await fetch(call(.get, ["log"], query: [("format", "console")], purpose: "show its log"))
    }

    /// The last entries of the log, whose members differ by event.
    public func logEntries() async throws -> [JSONValue] {
        try await fetch(call(.get, ["log"], query: [("format", "raw")], purpose: "show its log"))
    }

    // MARK: Skills

    /// What the server's ffmpeg can do.
    public func skills() async throws -> CoreSkills {
        try await fetch(call(.get, ["skills"], purpose: "say what its ffmpeg can do"))
    }

    /// Has the server look again at what its ffmpeg can do.
    public func reloadSkills() async throws -> CoreSkills {
        try await fetch(call(.get, ["skills", "reload"], purpose: "look at its ffmpeg again"))
    }
}
