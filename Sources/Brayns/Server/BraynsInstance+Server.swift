// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    /// The server's version.
    public func version() async throws -> ServerVersion { try await call(Methods.getVersion) }

    /// Makes sure that the server speaks the protocol of a release: same major and minor version.
    ///
    /// - Throws: `BraynsError`, `.version` when it does not.
    @discardableResult
    public func checkVersion(_ wanted: ServerVersion = .supported) async throws -> ServerVersion {
        let found = try await version()
        guard (found.major, found.minor) == (wanted.major, wanted.minor) else {
            throw BraynsError(
                .version, "\(peer) is a Brayns \(found); this client speaks the protocol of \(wanted.description).")
        }
        return found
    }

    /// The names of all methods, in no order.
    public func registry() async throws -> Set<String> { Set(try await call(Methods.registry)) }

    /// What the server says of one method.
    public func schema(of method: String) async throws -> EntrypointDescription {
        try await call(Methods.schema, SchemaRequest(endpoint: method))
    }

    /// The loaders that the server has.
    public func loaders() async throws -> [LoaderDescription] {
        try await call(Methods.getLoaders)
    }

    /// The plugins and the viewport.
    public func applicationParameters() async throws -> ApplicationParameters {
        try await call(Methods.getApplicationParameters)
    }

    /// Sets the size of what `render-image` draws.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for a side below 64 unless `isGuarded` is off: a real server takes it and
    ///   then ends with the next `render-image`.
    public func setViewport(_ size: PixelSize) async throws {
        if isGuarded { try size.refuseIfTooSmall() }
        try await call(Methods.setApplicationParameters, ApplicationChange(viewport: size))
    }

    /// Asks the server to stop one of this connection's tasks.
    ///
    /// A running snapshot ends only with its frame; cancelling the Swift task that waits does this by itself.
    public func cancel(_ id: RPCID) async throws { try await call(Methods.cancel, CancelRequest(id: id.json)) }

    /// Ends the server's process, for all its clients.
    public func quit() async throws { try await call(Methods.quit) }

    /// Draws every frame at full size from its first pass: what a server does unless told otherwise.
    public func setStaticFramebuffer() async throws { try await call(Methods.setFramebufferStatic) }

    /// Draws first passes at a size divided by `scale`, at least 1.
    public func setProgressiveFramebuffer(scale: Int = 4) async throws {
        try await call(Methods.setFramebufferProgressive, ProgressiveFramebuffer(scale: scale))
    }
}
