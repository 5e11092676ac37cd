// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// The name of the renderer in use: `interactive`, `production` or a plugin's.
    public func rendererType() async throws -> String { try await call(Methods.getRendererType) }

    /// The interactive renderer's parameters.
    public func interactiveRenderer() async throws -> InteractiveParameters {
        try await call(Methods.getRendererInteractive)
    }

    /// The path tracer's parameters.
    public func productionRenderer() async throws -> ProductionParameters {
        try await call(Methods.getRendererProduction)
    }

    /// Makes the interactive renderer draw; what is `nil` keeps the server's value.
    public func setRenderer(_ parameters: InteractiveParameters) async throws {
        try await call(Methods.setRendererInteractive, parameters)
    }

    /// Makes the path tracer draw. A stock OSPRay 2.10.0 ends with it in a scene without lights.
    public func setRenderer(_ parameters: ProductionParameters) async throws {
        try await call(Methods.setRendererProduction, parameters)
    }

    /// Makes a renderer draw with all its parameters.
    public func setRenderer(_ settings: RendererSettings) async throws {
        try await call("set-renderer-\(settings.braynsName)", settings.braynsParameters)
    }
}
