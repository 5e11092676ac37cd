// SPDX-License-Identifier: Apache-2.0
import Scene

extension RendererSettings {
    /// What a real Brayns draws with before it is told otherwise.
    static let interactiveDefault = RendererSettings(kind: .interactive)
    static let productionDefault = RendererSettings(
        kind: .production, samplesPerPixel: 5, maxRayBounces: 3, background: SIMD4(0, 0, 0, 1))
}
