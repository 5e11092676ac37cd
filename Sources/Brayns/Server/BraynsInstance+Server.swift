// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    /// The server's version.
    public func version() async throws -> ServerVersion { try await call("get-version", as: ServerVersion.self) }

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
    public func registry() async throws -> Set<String> { Set(try await call("registry", as: [String].self)) }

    /// What the server says of one method.
    public func schema(of method: String) async throws -> EntrypointDescription {
        try await call("schema", ["endpoint": method], as: EntrypointDescription.self)
    }

    /// The loaders that the server has.
    public func loaders() async throws -> [LoaderDescription] {
        try await call("get-loaders", as: [LoaderDescription].self)
    }

    /// The plugins and the viewport.
    public func applicationParameters() async throws -> ApplicationParameters {
        try await call("get-application-parameters", as: ApplicationParameters.self)
    }

    /// Sets the size of what `render-image` draws.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for a side below 64: a real server takes it and then ends with the
    ///   next `render-image`. `allowsSmall` is for servers known to survive it.
    public func setViewport(_ size: PixelSize, allowsSmall: Bool = false) async throws {
        if !allowsSmall { try size.refuseIfTooSmall() }
        try await call("set-application-parameters", ["viewport": size])
    }

    /// Asks the server to stop one of this connection's tasks.
    ///
    /// A running snapshot ends only with its frame; cancelling the Swift task that waits does this by itself.
    public func cancel(_ id: RPCID) async throws { try await call("cancel", ["id": id.json]) }

    /// Ends the server's process, for all its clients.
    public func quit() async throws { try await call("quit") }

    /// Draws every frame at full size from its first pass: what a server does unless told otherwise.
    public func setStaticFramebuffer() async throws { try await call("set-framebuffer-static") }

    /// Draws first passes at a size divided by `scale`, at least 1.
    public func setProgressiveFramebuffer(scale: Int = 4) async throws {
        try await call("set-framebuffer-progressive", ["scale": scale])
    }
}

extension PixelSize {
    /// Throws for a size that would end a real server.
    func refuseIfTooSmall() throws(BraynsError) {
        guard width < Self.smallestSide || height < Self.smallestSide else { return }
        throw BraynsError(
            .badArgument,
            "A picture of \(width)x\(height) would end a Brayns server: ask for at least 64x64 and shrink it.")
    }
}
