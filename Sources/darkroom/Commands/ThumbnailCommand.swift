// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import Foundation
import Jobs
import Scene

/// `darkroom thumbnail`: one small picture of every model below some paths.
struct ThumbnailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thumbnail",
        abstract: "Makes a small picture of every model in files and folders.",
        usage: """
            darkroom thumbnail <path> ... --output <folder> [<options>]
            darkroom thumbnail <model> -o - > picture.png
            """,
        discussion: ExitTable.text)

    @Argument(help: ArgumentHelp("Model files, and folders that are searched.", valueName: "path"))
    var paths: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            """
            The folder that pictures go to, required for a folder of models; a picture file for one model; \
            - for standard output, with exactly one picture (default for models named one by one: \
            the working folder).
            """, valueName: "dir"))
    var output: String?

    @Flag(help: "Print the job file that the flags amount to, and draw nothing.")
    var printJob = false

    @OptionGroup(title: "Selection") var selection: SelectionFlags
    @OptionGroup(title: "Picture") var picture: ThumbnailFlags
    @OptionGroup(title: "Backend") var backend: BackendFlags
    @OptionGroup(title: "Run") var run: RunFlags
    @OptionGroup(title: "Limits") var limits: LimitFlags
    @OptionGroup(title: "Reports") var report: ReportFlags

    func validate() throws {
        if paths.isEmpty, selection.filesFrom == nil {
            throw ValidationError("Name the models or folders to draw, or --files-from.")
        }
        if !paths.isEmpty, selection.filesFrom != nil {
            throw ValidationError("Paths and --files-from exclude each other.")
        }
        if output == nil, let folder = paths.first(where: SelectionFlags.isFolder) {
            throw ValidationError("\(folder) is a folder: say with --output where its thumbnails go.")
        }
        if output == "-", picture.sheet != nil { throw ValidationError("-o - and --sheet exclude each other.") }
        if output == "-", (picture.size?.count ?? 1) > 1 || (picture.view?.count ?? 1) > 1 {
            throw ValidationError("-o - takes exactly one picture, so one --size and one --view.")
        }
    }

    /// The job that the flags amount to.
    func job() throws -> JobFile {
        var job = JobFile()
        job.name = "thumbnails"
        selection.apply(paths: paths, to: &job)
        try picture.apply(to: &job, folder: output == "-" ? nil : output)
        backend.apply(to: &job)
        run.apply(to: &job)
        limits.apply(to: &job)
        try report.apply(to: &job)
        return try job.checked()
    }

    func run() async throws {
        let job = try job()
        if printJob { return try StandardStreams.print(job.yaml()) }
        let session = JobSession(job: job, run: run, report: report)
        if output == "-" { try await SinglePicture(session: session).run() } else { try await session.run() }
    }
}
