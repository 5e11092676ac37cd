// SPDX-License-Identifier: Apache-2.0

/// Chooses how a frame is fetched, and says why.
struct CapturePolicy: Hashable, Sendable {
    /// What the user asked for.
    var wanted: RenderingOptions.Capture = .auto
    /// Whether nobody else uses the backend.
    var isExclusive = false
    /// Whether models or lights of others are in its scene.
    var hasForeign = false
    /// What the frame will take by what those before it took; `nil` for the first.
    var expected: Duration?
    /// Frames that take longer have to be cancellable.
    var longFrame: Duration = .seconds(30)

    /// The method and a sentence for the log.
    var choice: (method: BraynsFrameRenderer.FrameMethod, reason: String) {
        switch wanted {
        case .snapshot: return (.snapshot, "snapshot was asked for")
        case .renderImage: return (.renderImage, "render-image was asked for")
        case .auto: break
        }
        if hasForeign {
            return (.snapshot, "its scene holds models of others, and snapshot leaves the state that they share alone")
        }
        if !isExclusive {
            return (.snapshot, "others may use it, and snapshot leaves the state that they share alone")
        }
        if let expected, expected > longFrame {
            return (.snapshot, "frames take longer than \(longFrame), and only snapshot can be cancelled")
        }
        return (.renderImage, "it is ours alone, and render-image does not sleep between looks at the renderer")
    }
}

/// What frames took, to tell what the next one will.
struct FrameSpeed: Sendable {
    private var secondsPerSample: Double?

    /// Takes a frame's time into account.
    mutating func note(_ time: Duration, pixels: Int, samples: Int) {
        let work = Double(pixels) * Double(max(1, samples))
        guard work > 0, time > .zero else { return }
        secondsPerSample = time / .seconds(1) / work
    }

    /// What a frame will take; `nil` when none was drawn yet.
    func expected(pixels: Int, samples: Int) -> Duration? {
        secondsPerSample.map { .seconds($0 * Double(pixels) * Double(max(1, samples))) }
    }
}
