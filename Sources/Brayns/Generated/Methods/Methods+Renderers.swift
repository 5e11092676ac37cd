// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Names the renderer in use: `interactive`, `production` or a plugin's.
    public static let getRendererType = Method<NoValue, String>("get-renderer-type")

    /// Tells the interactive renderer's parameters.
    public static let getRendererInteractive = Method<NoValue, InteractiveParameters>("get-renderer-interactive")

    /// Makes the interactive renderer draw.
    public static let setRendererInteractive = Method<InteractiveParameters, NoValue>("set-renderer-interactive")

    /// Tells the path tracer's parameters.
    public static let getRendererProduction = Method<NoValue, ProductionParameters>("get-renderer-production")

    /// Makes the path tracer draw; a stock OSPRay 2.10.0 ends with it in a scene without lights.
    public static let setRendererProduction = Method<ProductionParameters, NoValue>("set-renderer-production")
}
