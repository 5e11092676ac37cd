// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Rendering

/// What the capture service serves and where it keeps it.
public struct CaptureOptions: Sendable {
    /// Folders that stages and models may be read from; relative paths are below the first.
    public var roots: [String]
    /// The folder of finished pictures, which the service hands out.
    public var pictures: String
    /// File that keeps jobs over restarts; `nil` keeps them in memory.
    public var database: String?
    /// What the paths of the capture API begin with: empty, or such as `/viewport-capture`.
    public var prefix = ""
    /// Captures drawn at once.
    public var workers = 1
    /// Captures that may wait; more are answered with 429.
    public var queueLength = 100
    /// Finished captures that are kept with their pictures.
    public var keptCaptures = 10_000
    /// Longest time for one capture.
    public var timeout = Duration.seconds(600)
    /// Pixels of one picture.
    public var maxPixels = 64_000_000
    /// One of these has to come as a bearer token; anyone may ask when empty.
    public var tokens: [Secret] = []
    /// The Python whose usd-core reads USD stages; `nil` is that of `DARKROOM_PYTHON`, else `python3`.
    public var python: String?
    /// What draws.
    public var backend = BackendChoice.embedded()

    /// How the renderers are driven.
    var rendering: RenderingOptions {
        var rendering = RenderingOptions()
        (rendering.stages.python, rendering.stages.roots) = (python, roots)
        return rendering
    }

    public init(roots: [String], pictures: String) { (self.roots, self.pictures) = (roots, pictures) }

    /// A prefix as the framework has it: dots become slashes, and one stands in front.
    ///
    /// - Throws: `HostError` for a prefix that no path can begin with.
    public static func prefix(_ text: String) throws(HostError) -> String {
        let parts = text.split { $0 == "." || $0 == "/" }
        guard
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") } })
        else {
            throw HostError(
                .configuration,
                "A prefix has letters, digits, hyphens and underscores between dots or slashes, "
                    + "not \"\(text)\".")
        }
        return parts.map { "/" + $0 }.joined()
    }
}
