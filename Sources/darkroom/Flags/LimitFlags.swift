// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// How long and how large is too much.
struct LimitFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Time to reach a server, or none (default: 10s).", valueName: "time"),
        transform: FlagValue.duration)
    var timeoutConnect: Setting<Duration>?

    @Option(
        help: ArgumentHelp(
            "Time to load a scene, or none (default: 10m; none on a remote server).", valueName: "time"),
        transform: FlagValue.duration)
    var timeoutLoad: Setting<Duration>?

    @Option(
        help: ArgumentHelp("Time to draw a frame, or none (default: 5m).", valueName: "time"),
        transform: FlagValue.duration)
    var timeoutRender: Setting<Duration>?

    @Option(
        help: ArgumentHelp("Time for an item in all, or none (default: 20m).", valueName: "time"),
        transform: FlagValue.duration)
    var timeoutItem: Setting<Duration>?

    @Option(
        help: ArgumentHelp("Skip model files above this size (default: 2GiB).", valueName: "size"),
        transform: FlagValue.bytes)
    var maxBytes: Int?

    @Option(
        help: ArgumentHelp("Skip models with more triangles (default: 50M).", valueName: "n"),
        transform: FlagValue.count)
    var maxTriangles: Int?

    @Option(
        help: ArgumentHelp("Refuse frames with more pixels (default: 64M).", valueName: "n"),
        transform: FlagValue.count)
    var maxPixels: Int?

    /// Puts what was given into a job.
    func apply(to job: inout JobFile) {
        if let timeoutConnect { job.run.timeouts.connect = timeoutConnect.value }
        if let timeoutLoad { job.run.timeouts.load = timeoutLoad.value.map { .after($0) } ?? .none }
        if let timeoutRender { job.run.timeouts.render = timeoutRender.value }
        if let timeoutItem { job.run.timeouts.item = timeoutItem.value }
        if let maxBytes { job.run.limits.bytes = maxBytes }
        if let maxTriangles { job.run.limits.triangles = maxTriangles }
        if let maxPixels { job.run.limits.pixels = maxPixels }
    }
}
