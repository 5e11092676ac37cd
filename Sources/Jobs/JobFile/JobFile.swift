// SPDX-License-Identifier: Apache-2.0
import Scene

/// A job: which scenes, seen how, drawn by what, saved where. Every key has a default.
///
/// Paths are relative to the working directory, as on the command line.
public struct JobFile: Hashable, Sendable {
    /// The version of these keys; 1 is the only one.
    public var version = 1
    /// The job's name, for reports and `{name}`.
    public var name: String?
    public var backend = Backend()
    public var sources = Sources()
    public var scene = SceneSettings()
    public var camera = CameraSettings()
    public var frames = FrameSettings()
    public var render = RenderSettings()
    /// Steps between the renderer's pixels and the outputs; empty leaves the pixels untouched.
    public var develop: [DevelopStep] = []
    /// Files of each frame; empty means one PNG at `JobFile.defaultTemplate`.
    public var outputs: [Output] = []
    public var sheet: Sheet?
    public var movie: Movie?
    public var run = RunSettings()
    /// What a cluster gives each part of the job, when it is submitted to one.
    public var cluster: ClusterSettings?
    /// The folder of the record of finished work.
    public var ledger = ".darkroom/"
    public var report = ReportSettings()

    /// A job with every key at its default.
    public init() {}
}

extension JobFile: JobSection {
    static var keys: [JobKey<JobFile>] {
        [
            JobKey("version", \.version, .int(1...1), "The version of these keys."),
            JobKey(optional: "name", \.name, .string, "The job's name, for reports and {name}."),
            JobKey("backend", \.backend, .backend, "What draws: embedded, an address, several, or a mapping."),
            JobKey("sources", \.sources, .section, "The model files to draw, one scene each."),
            JobKey("scene", \.scene, .section, "What stands in a scene besides the source."),
            JobKey("camera", \.camera, .section, "Projection and framing."),
            JobKey("frames", \.frames, .section, "The pictures of each scene."),
            JobKey("render", \.render, .section, "Renderer, samples and size."),
            JobKey(
                "develop", \.develop, JobShape<DevelopStep>.step.list, "Steps on the renderer's pixels, in this order."),
            JobKey("outputs", \.outputs, JobShape<Output>.section.list, "The files made from each render."),
            JobKey(optional: "sheet", \.sheet, .section, "One picture of all pictures."),
            JobKey(optional: "movie", \.movie, .section, "One film of all frames."),
            JobKey("run", \.run, .section, "How the job is carried out."),
            JobKey(optional: "cluster", \.cluster, .section, "What a cluster gives each part of the job."),
            JobKey("ledger", \.ledger, .path, "The folder of the record of finished work."),
            JobKey("report", \.report, .section, "Reports to write at the end."),
        ]
    }
}
