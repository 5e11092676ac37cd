// SPDX-License-Identifier: Apache-2.0
import Brayns
import Jobs

/// A backend process of this program's own: started, waited for, stopped.
///
///     let service = try await Service.start(.darkroom())
///     let models = try await service.instance.load("/data/cube.obj")
///     await service.stop()
///
/// It ends with this program at the latest, in whatever way that ends.
public struct Service: Sendable {
    /// What is started.
    public enum Program: Sendable, Hashable {
        /// The built-in renderer: this program once more, or the one that `executable` names.
        case darkroom(BackendChoice.EmbeddedOptions = BackendChoice.EmbeddedOptions())
        /// A real Brayns with plugins; all of them unless told otherwise.
        case brayns(executable: String = "braynsService", plugins: [Plugin] = Plugin.allCases, maxClients: Int = 3)
        /// Any command; `{uri}` in it becomes a free loopback address.
        case command(String)
    }

    /// The connection to it.
    public let instance: BraynsInstance
    /// Its version.
    public let version: ServerVersion
    let session: BackendSession
    private let options: RenderingOptions

    /// Starts a program and waits until it answers.
    ///
    /// - Throws: `RendererError` with the program's last words when it ends or does not answer in time.
    public static func start(_ program: Program, options: RenderingOptions = RenderingOptions()) async throws -> Service
    {
        let connector = BackendConnector(options: options)
        let session: BackendSession
        switch program {
        case .darkroom(let embedded):
            let threads = max(1, embedded.threads ?? CoreBudget.available())
            session = try await connector.child(
                try await BackendProcess.embedded(embedded, threads: threads, within: options.startTimeout))
        case .brayns(let executable, let plugins, let maxClients):
            let words = [executable, "--uri", "{uri}", "--max-clients", String(maxClients)]
            let loaded = plugins.compactMap(\.commandLineName).flatMap { ["--plugin", $0] }
            session = try await connector.started(
                try BackendProcess.started(by: CommandTemplate(words: words + loaded)))
        case .command(let command):
            session = try await connector.started(try BackendProcess.started(by: try CommandTemplate(command)))
        }
        return Service(session: session, options: options)
    }

    private init(session: BackendSession, options: RenderingOptions) {
        (self.session, self.options) = (session, options)
        (version, instance) = (session.version, session.guarded)
    }

    /// The process' number.
    public var processID: Int32? { session.process?.process.pid }

    /// Whether the process runs and the connection holds.
    public var isRunning: Bool {
        guard let process = session.process?.process else { return false }
        return process.status == nil && instance.isConnected
    }

    /// What the process said last, at most twenty lines.
    public var lastWords: [String] { session.process?.process.lastLines ?? [] }

    /// One more connection to it, of which a real Brayns has no more than its `maxClients`.
    ///
    /// - Throws: `RendererError`.
    public func connect() async throws -> BraynsInstance {
        guard let process = session.process else {
            throw RendererError(.environment, stage: "connect", "\(session.name) was not started from here.")
        }
        var instance = try await BackendConnector(options: options).another(to: process)
        instance.isGuarded = self.instance.isGuarded
        return instance
    }

    /// Ends the connection and the process: by itself within the grace, else by force.
    public func stop(grace: Duration = .seconds(2)) async { await session.end(grace: grace) }
}
