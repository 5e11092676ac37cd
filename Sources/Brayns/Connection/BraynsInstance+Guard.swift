// SPDX-License-Identifier: Apache-2.0

extension BraynsInstance {
    /// Throws for a picture that would end a real server.
    func refuseDeadly(_ request: some PictureRequest) async throws {
        guard isGuarded else { return }
        if let size = request.pixelSize { try size.refuseIfTooSmall() } else { try await refuseSmallViewport() }
        try await refuseUnlit(renderer: request.renderer?.name)
    }

    /// Throws for a picture of the server's own state that would end a real server.
    func refuseDeadlyState() async throws {
        guard isGuarded else { return }
        try await refuseSmallViewport()
        try await refuseUnlit(renderer: nil)
    }

    /// A real server takes any viewport from any client, and ends with the next picture of that size.
    private func refuseSmallViewport() async throws {
        try await applicationParameters().viewport?.refuseIfTooSmall()
    }

    /// Throws when the path tracer would draw a scene without lights; asks the server where it has to.
    ///
    /// - Parameter renderer: what draws; the server's own renderer when `nil`.
    private func refuseUnlit(renderer: String?) async throws {
        var name = renderer
        if name == nil { name = try await rendererType() }
        guard name == "production" else { return }
        let lights = try await scene().models.contains(where: \.isLight)
        if lights { return }
        throw BraynsError(
            .badArgument,
            "The production renderer would end a stock Brayns server, since the scene of \(peer) has no light: add one "
                + "(its intensity may be 0).")
    }
}
