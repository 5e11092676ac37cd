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
        abstract: "Makes a small picture of every model in files and folders, or of converted assets.",
        usage: """
            darkroom thumbnail <path> ... --output <folder> [<options>]
            darkroom thumbnail <model> -o - > picture.png
            darkroom thumbnail <folder> --output <folder> --watch [<options>]
            darkroom thumbnail --conversions --endpoint <url> --container <url> ... [<id> ...] [<options>]
            darkroom thumbnail <path> ... --xdg normal,large
            darkroom thumbnail s3://<bucket>/<folder> --output s3://<bucket>/<folder>
            """,
        discussion: """
            --conversions asks a service with the API of Azure Remote Rendering (retired by Microsoft on 30 September \
            2025; darkroom serve --remote-rendering answers in its place) for the conversions that succeeded, and puts \
            a PNG beside each converted asset: house.png beside house.arrAsset, with .<view> and .<width> before .png \
            when there are several. What is there and unchanged stays.

            \(StoreText.text)

            \(ExitTable.text)
            """)

    @Argument(
        help: ArgumentHelp(
            "Model files, and folders that are searched; with --conversions, the ids of some (default: all).",
            valueName: "path"))
    var paths: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            """
            The folder that pictures go to, required for a folder of models; a picture file, or any file that is \
            there already, for one model; - for standard output, with exactly one picture (default for models named \
            one by one: the working folder).
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
    @OptionGroup(title: "Stores") var stores: StoreFlags
    @OptionGroup(title: "Watching") var watch: WatchFlags
    @OptionGroup(title: "Conversions") var conversions: ConversionFlags
    @OptionGroup(title: "Service of the conversions") var remote: RemoteAccountFlags

    func validate() throws {
        if watch.watch { try validateWatch() }
        if conversions.conversions { return try validateConversions() }
        if paths.isEmpty, selection.filesFrom == nil {
            throw ValidationError("Name the models or folders to draw, or --files-from.")
        }
        if !paths.isEmpty, selection.filesFrom != nil {
            throw ValidationError("Paths and --files-from exclude each other.")
        }
        if output != nil, picture.xdg != nil {
            throw ValidationError("--output and --xdg exclude each other: --xdg writes where file managers look.")
        }
        if picture.xdg != nil, let address = paths.first(where: StoredFiles.holds) {
            throw ValidationError("--xdg is for files of this machine, and \(address) is in a store.")
        }
        if output == nil, picture.xdg == nil, let folder = paths.first(where: SelectionFlags.isFolder) {
            throw ValidationError("\(folder) is a folder: say with --output where its thumbnails go.")
        }
        if output == "-", picture.sheet != nil { throw ValidationError("-o - and --sheet exclude each other.") }
        if output == "-", (picture.size?.count ?? 1) > 1 || (picture.view?.count ?? 1) > 1 {
            throw ValidationError("-o - takes exactly one picture, so one --size and one --view.")
        }
    }

    private func validateWatch() throws {
        let excluded = [
            ("-o -", output == "-"), ("--sheet", picture.sheet != nil), ("--dry-run", run.dryRun),
            ("--files-from", selection.filesFrom != nil), ("--shard", run.shard?.value != nil), ("--prune", run.prune),
            ("--xdg", picture.xdg != nil),
        ]
        if let (flag, _) = excluded.first(where: \.1) {
            throw ValidationError("--watch and \(flag) exclude each other.")
        }
        if !conversions.conversions, output == nil { throw ValidationError("--watch needs --output.") }
        if let address = (paths + [output, report.ledger].compactMap(\.self)).first(where: StoredFiles.holds) {
            throw ValidationError("--watch needs folders of this machine, and \(address) is in a store.")
        }
    }

    private func validateConversions() throws {
        let excluded = [
            ("--output", output != nil), ("--sheet", picture.sheet != nil), ("--dry-run", run.dryRun),
            ("--files-from", selection.filesFrom != nil), ("--template", picture.template != nil),
            ("--shard", run.shard?.value != nil), ("--ledger", report.ledger != nil), ("--print-job", printJob),
            ("--prune", run.prune), ("--xdg", picture.xdg != nil),
        ]
        if let (flag, _) = excluded.first(where: \.1) {
            throw ValidationError("--conversions and \(flag) exclude each other: pictures go beside the assets.")
        }
        if picture.format == .jpg { throw ValidationError("--conversions writes PNGs.") }
        if watch.watch, !paths.isEmpty { throw ValidationError("--watch takes all conversions, not some ids.") }
        try conversions.check()
    }

    /// The job that the flags amount to.
    func job() throws -> JobFile {
        var job = JobFile()
        job.name = "thumbnails"
        if !conversions.conversions { selection.apply(paths: paths, to: &job) }
        try picture.apply(to: &job, folder: output == "-" || isForOneFile ? nil : output)
        backend.apply(to: &job)
        run.apply(to: &job)
        limits.apply(to: &job)
        try report.apply(to: &job)
        return try job.checked()
    }

    func run() async throws {
        let job = try job()
        if printJob { return try StandardStreams.print(job.yaml()) }
        if conversions.conversions {
            let logger = TalkLog.logger(report.logLevel, format: report.logFormat)
            let session = try ConversionSession(
                job: job, client: remote.client(authorityFile: backend.ca, interval: nil, logger: logger),
                containers: conversions.table(authorityFile: backend.ca, logger: logger), subject: conversions.of,
                run: run, report: report)
            return try await session.run(ids: paths, watch: watch)
        }
        if watch.watch { return try await ThumbnailWatch(job: job, run: run, report: report, watch: watch).run() }
        var session = JobSession(job: job, run: run, report: report)
        session.stores = stores
        if picture.xdg != nil { session.desktop = try DesktopCache.ofThisUser() }
        if output == "-" || isForOneFile {
            try await SinglePicture(session: session, file: output == "-" ? nil : output).run()
        } else {
            try await session.run()
        }
    }

    /// Whether the output is a file that is there already but not named like a picture: that is how desktops ask.
    private var isForOneFile: Bool {
        guard let output, !watch.watch, !JobFile.isPicture(output) else { return false }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: output, isDirectory: &isFolder) && !isFolder.boolValue
    }
}
