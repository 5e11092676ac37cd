// SPDX-License-Identifier: Apache-2.0
import Jobs
import Logging
import Rendering

extension JobFile {
    /// What draws this job's pictures.
    /// - Parameters:
    ///   - plan: what there is to draw. Fewer pictures than cores get several cores each.
    ///   - logger: where choices and losses are told.
    func provider(for plan: JobPlan, logger: Logger) -> BraynsRendererProvider {
        var options = RenderingOptions()
        options.logger = logger
        options.capture = RenderingOptions.Capture(rawValue: backend.capture.rawValue) ?? .auto
        // Where a job sets no limit, a day is one.
        options.connectTimeout = run.timeouts.connect ?? .seconds(86_400)
        // A server in a container may have to be unpacked first.
        options.startTimeout = max(options.startTimeout, options.connectTimeout * 3)
        options.stages.python = backend.python
        options.stages.maxBytes = run.limits.bytes
        options.pathMap = backend.map.map { RenderingOptions.PathMapping(local: $0.local, remote: $0.remote) }
        (options.caFile, options.allowsInsecureTLS) = (backend.ca, backend.insecure)
        return BraynsRendererProvider(choice(for: plan), options: options)
    }

    private func choice(for plan: JobPlan) -> BackendChoice {
        switch backend.kind {
        case .embedded:
            var embedded = BackendChoice.EmbeddedOptions(
                children: run.jobs, threads: run.threads, memoryPerChild: run.memoryPerJob)
            embedded.mostChildren = plan.itemCount
            embedded.expectedSamples = plan.samplesPerScene
            embedded.maxModelBytes = run.limits.bytes
            embedded.maxTriangles = run.limits.triangles
            embedded.maxPixels = run.limits.pixels
            return .embedded(embedded)
        case .connect(let addresses): return .remote(addresses, exclusive: backend.exclusive)
        case .start(let command): return .start(command: command, children: run.jobs ?? 1)
        }
    }
}
