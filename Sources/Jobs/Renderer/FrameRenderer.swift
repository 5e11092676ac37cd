// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// One renderer that draws one scene at a time: a backend process, a connection, or a test's stand-in.
///
/// Calls come one after another, never two at once. A call that throws says through
/// `RendererError.blame` whether the renderer can go on (`input`, `limits`) or is lost (`rendererLost`).
public protocol FrameRenderer: Sendable {
    /// Makes the backend hold exactly this scene and says what it found.
    func prepare(_ scene: SceneRequest) async throws -> SceneReport

    /// The points of the prepared scene that lie furthest out, one along each direction and in their order.
    ///
    /// Empty where the backend cannot tell; then the scene's box has to do.
    func outermostPoints(along directions: [Vector3]) async throws -> [Vector3]

    /// Draws one frame of the prepared scene.
    func render(_ frame: FrameRequest) async throws -> RenderedFrame

    /// Bytes of memory that the renderer holds, where that can be known.
    func residentBytes() async -> Int?

    /// Leaves a shared backend as it was found, or ends one of our own.
    func close() async
}

extension FrameRenderer {
    public func outermostPoints(along directions: [Vector3]) async throws -> [Vector3] { [] }
}

/// Makes renderers: one a worker, and another when one was lost or is to be recycled.
public protocol RendererProvider: Sendable {
    /// How many renderers may work at once.
    var capacity: Int { get }

    /// Whether all renderers are alike; where they are not, faster ones get more of a batch and the last of it.
    var areAlike: Bool { get }

    /// Whether loaders and formats can be told before a run: file extensions the backend loads by path or upload,
    /// lower case, without the dot; `nil` when the backend cannot be asked.
    func loadableExtensions() async throws -> Set<String>?

    /// A renderer for worker `index`, below `capacity`.
    func makeRenderer(index: Int) async throws -> any FrameRenderer

    /// Name and version of what draws, for reports.
    func describe() async throws -> String
}

extension RendererProvider {
    public var areAlike: Bool { true }
}
