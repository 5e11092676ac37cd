// SPDX-License-Identifier: Apache-2.0
import Logging
import Models

/// What handlers need besides the state: fixed while the backend runs.
struct ServerContext: Sendable {
    var options: BraynsServerOptions
    var logger: Logger
    /// Ends the backend once the answers under way are sent.
    var quit: @Sendable () -> Void

    var assets: AssetBuilder { AssetBuilder(threads: options.threads, samples: options.expectedSamples) }

    var hasCylindricCamera: Bool { options.plugins.contains("braynsCylindricCamera") }

    var models: ModelLoader {
        ModelLoader(
            options: ModelLoader.Options(
                roots: options.roots, maxBytes: options.limits.modelBytes, maxTriangles: options.limits.triangles,
                threads: options.threads))
    }
}
