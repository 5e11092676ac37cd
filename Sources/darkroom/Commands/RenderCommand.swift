// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

/// `darkroom render`: a job file, or models and flags that amount to one.
struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Draws what a job file asks for, or models named one by one.",
        usage: """
            darkroom render <job.yaml> [<options>]
            darkroom render <model> ... [<options>]
            """,
        discussion: """
            Flags win over --set, which wins over the job file. A job file is YAML or JSON; --print-job shows the one \
            that the flags amount to.

            \(StoreText.text)

            \(ExitTable.text)
            """)

    @Argument(help: ArgumentHelp("One job file (.yaml, .yml, .json), or model files and folders.", valueName: "input"))
    var inputs: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            """
            Where pictures go: a path with {rel}, {stem}, {view}, {frame} … that ends in .png, .jpg, or .exr for \
            the renderer's buffers, or - for standard output, with exactly one picture (default: the job's own, \
            else out/{rel}.png).
            """, valueName: "path"))
    var output: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Replace a key of the job, such as run.jobs=4; may be given several times.", valueName: "path=value"))
    var overrides: [String] = []

    @Flag(help: "Print the job file that the flags amount to, and draw nothing.")
    var printJob = false

    @Option(
        help: ArgumentHelp("Draw only these frames, such as 2,4,10-20 (default: all).", valueName: "list"))
    var frames: String?

    @Option(help: ArgumentHelp("What to do with a server whose scene is not empty (default: refuse)."))
    var existing: SceneRequest.Existing?

    @Option(
        help: ArgumentHelp(
            "A folder that the server knows by another name; may be given several times.", valueName: "local=remote"),
        transform: FlagValue.mapping)
    var map: [JobFile.Backend.PathMapping] = []

    @Option(help: ArgumentHelp("The method that draws a frame (default: auto)."))
    var capture: JobFile.Backend.Capture?

    @Option(help: ArgumentHelp("Put all pictures on one sheet, a PNG (default: none).", valueName: "file"))
    var sheet: String?

    @Option(help: ArgumentHelp("Make a film of all frames; needs ffmpeg (default: none).", valueName: "file"))
    var movie: String?

    @Option(help: ArgumentHelp("Frames a second of the film (default: 25).", valueName: "n"))
    var fps: Double?

    @Option(
        help: ArgumentHelp(
            """
            Have the datarhei Core at this address make a film of all pictures, which are sent as they are made \
            (default: none).
            """, valueName: "url"))
    var publish: String?

    @OptionGroup(title: "Camera") var camera: CameraFlags
    @OptionGroup(title: "Picture") var picture: PictureFlags
    @OptionGroup(title: "Backend") var backend: BackendFlags
    @OptionGroup(title: "Run") var run: RunFlags
    @OptionGroup(title: "Limits") var limits: LimitFlags
    @OptionGroup(title: "Reports") var report: ReportFlags
    @OptionGroup(title: "Stores") var stores: StoreFlags
    @OptionGroup(title: "Film (with --publish)") var film: FilmFlags
    @OptionGroup(title: "Core (with --publish)") var reach: CoreFlags

    /// Whether the input is a job file and not models.
    var jobFile: String? {
        guard inputs.count == 1, let name = inputs.first?.lowercased() else { return nil }
        return [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) ? inputs.first : nil
    }

    func validate() throws {
        guard !inputs.isEmpty else { throw ValidationError("Name a job file, or the models to draw.") }
        let isJob = { (name: String) in [".yaml", ".yml", ".json"].contains(where: name.lowercased().hasSuffix) }
        if inputs.count > 1, let job = inputs.first(where: isJob) {
            throw ValidationError("\(job) looks like a job file, and a job file stands alone.")
        }
        if fps != nil, movie == nil, publish == nil, jobFile == nil {
            throw ValidationError("--fps needs --movie or --publish.")
        }
        if film.isGiven, publish == nil { throw ValidationError("Flags of a Core's film need --publish.") }
        if let fps, !(0.1...1000).contains(fps) { throw ValidationError("--fps needs a number from 0.1 to 1000.") }
        if let frames, FrameList(frames) == nil {
            throw ValidationError("--frames takes numbers and ranges such as 2,4,10-20, not '\(frames)'.")
        }
        if output == "-", sheet != nil || movie != nil || publish != nil {
            throw ValidationError("-o - takes exactly one picture, and no --sheet, --movie or --publish.")
        }
    }

    /// The job that file and flags amount to.
    func job() throws -> JobFile {
        let environment = ProcessInfo.processInfo.environment
        var job: JobFile
        if let jobFile {
            job = try JobFile.load(path: jobFile, overrides: overrides, environment: environment)
        } else {
            job = try JobFile.parse(
                yaml: "version: 1", origin: "flags", overrides: overrides, environment: environment)
            job.sources.paths = inputs
        }
        camera.apply(to: &job)
        job.outputs = job.effectiveOutputs
        if let output, output != "-" { job.setOutput(output) }
        if let existing { job.scene.existing = existing }
        if let capture { job.backend.capture = capture }
        if !map.isEmpty { job.backend.map = map }
        if let sheet { job.setSheet(sheet) }
        if let movie { job.setMovie(movie) }
        if let fps { job.movie?.fps = fps }
        picture.apply(to: &job)
        backend.apply(to: &job)
        run.apply(to: &job)
        limits.apply(to: &job)
        try report.apply(to: &job)
        return try job.checked()
    }

    func run() async throws {
        let job = try job()
        if printJob { return try StandardStreams.print(job.yaml()) }
        if publish != nil, let output = job.effectiveOutputs.first(where: { StoredFiles.holds($0.path) }) {
            throw ValidationError("--publish sends files of this machine, and \(output.path) is in a store.")
        }
        var session = JobSession(
            job: job, run: run, report: report, frames: frames.flatMap { FrameList($0) },
            publishing: publish.map {
                Publishing(address: $0, film: film, reach: reach, fps: fps ?? job.movie?.fps ?? 25)
            })
        session.stores = stores
        if output == "-" { try await SinglePicture(session: session).run() } else { try await session.run() }
    }
}
