// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Synchronization

/// The engine that develops a run's pictures until it fails; then the processor does, from the very frame on.
final class DevelopDevice: Sendable {
    private let engine: any DevelopEngine
    private let hasFailed = Mutex(false)
    private let warn: @Sendable (String) -> Void

    /// - Parameter warn: called at most once.
    init(_ engine: any DevelopEngine, warn: @escaping @Sendable (String) -> Void) {
        (self.engine, self.warn) = (engine, warn)
    }

    /// Whether frames may be sent.
    var isUsable: Bool { hasFailed.withLock { !$0 } }

    /// The finished pictures of a frame, or `nil` when the processor has to make them.
    func developed(
        _ picture: borrowing PixelBuffer, _ development: Development, denoise: DenoiseSettings?,
        guides: borrowing DenoiseGuides, statisticsOver background: SIMD4<Float>?
    ) -> DevelopedFrame? {
        guard isUsable else { return nil }
        do {
            return try engine.developed(
                picture, development, denoise: denoise, guides: guides, statisticsOver: background)
        } catch {
            let isFirst = hasFailed.withLock { failed in
                defer { failed = true }
                return !failed
            }
            if isFirst { warn("\(error) The processor develops this picture and all that follow.") }
            return nil
        }
    }
}
