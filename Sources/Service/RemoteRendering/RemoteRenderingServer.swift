// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Hummingbird
import Logging

/// The service that answers in the place of Azure Remote Rendering: tokens, conversions, sessions.
public struct RemoteRenderingServer: Sendable {
    private let host: ServiceHost
    private let options: RemoteRenderingOptions
    private let conversions: ConversionStore
    private let sessions: SessionStore
    private let worker: ConversionWorker
    private let keeper: SessionKeeper
    private let issuer: TokenIssuer
    private let locator: StoreLocator

    /// - Throws: `HostError` when the database cannot be opened.
    public init(host options: HostOptions, serving: RemoteRenderingOptions, logger: Logger) throws {
        let metrics = ServiceMetrics()
        host = ServiceHost(options: options, metrics: metrics, logger: logger)
        self.options = serving
        let database = try Database(path: serving.database)
        (conversions, sessions) = (ConversionStore(queue: database.queue), SessionStore(queue: database.queue))
        issuer = TokenIssuer(secret: try Self.secret(database.queue))
        var work = ConversionJob.Options()
        (work.executable, work.thumbnailSize) = (serving.executable, serving.thumbnailSize)
        locator = StoreLocator(
            containers: serving.containers, blobHosts: serving.blobHosts, linked: serving.linkedStorage)
        worker = ConversionWorker(
            store: conversions,
            job: ConversionJob(options: work, locator: locator),
            places: serving.conversions, metrics: metrics, logger: logger)
        var keeping = SessionKeeper.Options()
        (keeping.host, keeping.capacity) = (options.host, serving.sessions)
        (keeping.threads, keeping.executable) = (serving.threadsPerSession, serving.executable)
        keeper = SessionKeeper(store: sessions, options: keeping, metrics: metrics, logger: logger)
    }

    /// Serves until the task is cancelled, then ends conversions and sessions.
    ///
    /// - Parameter ready: called with the port once connections are taken.
    /// - Throws: `HostError`.
    public func run(ready: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        try await conversions.requeueInterrupted()
        try await keeper.settleInterrupted(now: Date())
        await worker.wake()
        let router = host.router()
        RemoteRenderingRoutes(
            options: options, maxBodyBytes: host.options.maxBodyBytes,
            scheme: host.options.tls == nil ? "http" : "https",
            locator: locator, conversions: conversions, sessions: sessions,
            worker: worker, keeper: keeper, issuer: issuer,
            limiter: RequestLimiter(perMinute: options.requestsPerMinute)
        ).add(to: router)
        let outcome: Result<Void, any Error>
        do {
            try await host.serve(router, ready: ready)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await worker.shutDown()
        await keeper.shutDown()
        try outcome.get()
    }

    /// The key that signs tokens, made once for a database, so that tokens outlive a restart.
    private static func secret(_ queue: DatabaseQueue) throws -> [UInt8] {
        try queue.write { database in
            if let known = try Data.fetchOne(database, sql: "SELECT value FROM secret WHERE name = 'token'") {
                return [UInt8](known)
            }
            var generator = SystemRandomNumberGenerator()
            let fresh = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            try database.execute(
                sql: "INSERT INTO secret (name, value) VALUES ('token', ?)", arguments: [Data(fresh)])
            return fresh
        }
    }
}
