// SPDX-License-Identifier: Apache-2.0
import Jobs

/// Renderers over the Brayns protocol: children of our own, started servers or servers that run already.
public final class BraynsRendererProvider: RendererProvider {
    public let choice: BackendChoice
    public let options: RenderingOptions
    public let capacity: Int

    public init(_ choice: BackendChoice, options: RenderingOptions = RenderingOptions()) {
        (self.choice, self.options) = (choice, options)
        capacity = 1
    }

    public func loadableExtensions() async throws -> Set<String>? { throw notThere }

    public func makeRenderer(index: Int) async throws -> any FrameRenderer { throw notThere }

    public func describe() async throws -> String { throw notThere }

    private var notThere: RendererError { RendererError(.environment, stage: "connect", "Not there yet.") }
}
