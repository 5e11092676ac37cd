// SPDX-License-Identifier: Apache-2.0
import Jobs
import Scene
import Synchronization

/// Renderers that outlive a job: what one job closes, the next one gets.
final class WarmRenderers: RendererProvider {
    private let inner: any RendererProvider
    private let kept = Mutex<[Int: any FrameRenderer]>([:])

    init(_ inner: any RendererProvider) { self.inner = inner }

    /// A job draws one picture; jobs run side by side on providers of their own.
    var capacity: Int { 1 }

    func loadableExtensions() async throws -> Set<String>? { try await inner.loadableExtensions() }
    func describe() async throws -> String { try await inner.describe() }

    func makeRenderer(index: Int) async throws -> any FrameRenderer {
        if let warm = kept.withLock({ $0.removeValue(forKey: index) }) { return lend(warm, index) }
        return lend(try await inner.makeRenderer(index: index), index)
    }

    /// Ends the renderers that wait.
    func close() async {
        let all = kept.withLock { kept in
            defer { kept = [:] }
            return Array(kept.values)
        }
        for renderer in all { await renderer.close() }
    }

    private func lend(_ renderer: any FrameRenderer, _ index: Int) -> any FrameRenderer {
        Lent(renderer: renderer) { [weak self] in
            guard let self else { return false }
            return kept.withLock { kept in
                guard kept[index] == nil else { return false }
                kept[index] = renderer
                return true
            }
        }
    }

    /// A renderer on loan; one that failed is not taken back.
    private actor Lent: FrameRenderer {
        private let renderer: any FrameRenderer
        private let giveBack: @Sendable () -> Bool
        private var isSound = true

        init(renderer: any FrameRenderer, giveBack: @escaping @Sendable () -> Bool) {
            (self.renderer, self.giveBack) = (renderer, giveBack)
        }

        func prepare(_ scene: SceneRequest) async throws -> SceneReport {
            try await watched { try await renderer.prepare(scene) }
        }

        func outermostPoints(along directions: [Vector3]) async throws -> [Vector3] {
            try await watched { try await renderer.outermostPoints(along: directions) }
        }

        func render(_ frame: FrameRequest) async throws -> RenderedFrame {
            try await watched { try await renderer.render(frame) }
        }

        func residentBytes() async -> Int? { await renderer.residentBytes() }

        func close() async {
            if isSound, giveBack() { return }
            await renderer.close()
        }

        /// What a model or a limit is to blame for leaves the renderer as good as it was.
        private func watched<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
            do {
                return try await work()
            } catch let error as RendererError where [.input, .limits, .unsupported].contains(error.blame) {
                throw error
            } catch {
                isSound = false
                throw error
            }
        }
    }
}
