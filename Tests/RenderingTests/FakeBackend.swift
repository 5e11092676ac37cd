// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Scene
import TestFixtures

@testable import Rendering

/// Renderers on a fake server instead of a real one.
enum FakeBackend {
    static func renderer(
        on server: FakeBrayns, isExclusive: Bool = false, options: RenderingOptions = RenderingOptions()
    ) async throws -> any FrameRenderer {
        try await provider(on: server, isExclusive: isExclusive, options: options).makeRenderer(index: 0)
    }

    static func provider(
        on server: FakeBrayns, isExclusive: Bool = false, options: RenderingOptions = RenderingOptions()
    ) -> BraynsRendererProvider {
        BraynsRendererProvider(.remote(["fake:1"], exclusive: isExclusive), options: options) { _, _ in
            server.connect()
        }
    }

    static let scene = SceneRequest(models: [SceneRequest.Model(path: "/models/a.obj")])

    static func frame(
        _ width: Int = 320, _ height: Int = 240, x: Double = 0, lights: [Light] = [.ambient()]
    ) -> FrameRequest {
        FrameRequest(
            view: View(position: Vector3(x, 0, 5), target: .zero), projection: .perspective(), width: width,
            height: height, renderer: RendererSettings(background: .zero), lights: lights)
    }
}
