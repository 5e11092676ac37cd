// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Jobs
import Scene
import Stores

extension ConversionThumbnails {
    /// Looks whether a conversion's pictures are there, and fetches what has to be drawn where they are not.
    func prepare(_ item: ConversionItem, in folder: String) async throws -> Stage {
        do {
            if !options.isForced, try await isUnchanged(item) {
                var report = ItemReport(title: item.title, source: item.source, result: .unchanged)
                report.outputs = try addresses(of: item)
                return .ended(report)
            }
            return .fetched(try await fetch(item, into: "\(folder)/in/\(Self.mark(of: item))"))
        } catch {
            return .ended(try Self.report(item, error, at: "fetch"))
        }
    }

    /// Puts the pictures of a conversion beside its asset.
    ///
    /// - Parameter drawn: what became of each view.
    func store(_ drawn: [ItemReport], of item: ConversionItem, _ fetched: AssetFetch.Fetched) async throws -> ItemReport
    {
        var report = ItemReport(title: item.title, source: item.source, result: .done)
        report.warnings = drawn.flatMap(\.warnings)
        if let failed = drawn.first(where: { !$0.result.isInPlace }) {
            (report.result, report.stage, report.blame) = (failed.result, failed.stage, failed.blame)
            report.cause = failed.cause.map { "\(item.title): \(Self.plain($0, fetched.path))" }
            return report
        }
        let names = names(of: item)
        let files = drawn.sorted { $0.frame < $1.frame }.flatMap(\.outputs)
        guard files.count == names.count else {
            return Self.interrupted(item)
        }
        do {
            let container = try containers.access(item.output).output
            let mark = ThumbnailMark(settings: settings, inputs: fetched.inputs)
            for (file, name) in zip(files, names) {
                let picture = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
                try await container.put(
                    try mark.inserted(into: picture), as: name, PutOptions(contentType: "image/png"))
            }
            report.outputs = try addresses(of: item)
            return report
        } catch {
            var failure = try Self.report(item, error, at: "store")
            failure.warnings = report.warnings
            return failure
        }
    }

    /// Whether all pictures are there, made by the same settings from what is there now.
    private func isUnchanged(_ item: ConversionItem) async throws -> Bool {
        let access = try containers.access(item.output)
        var mark: ThumbnailMark?
        for name in names(of: item) {
            guard let head = try await access.output.head(of: name, count: ThumbnailMark.headLength),
                let found = ThumbnailMark.read(head: head), found.settings == settings, mark == nil || mark == found
            else { return false }
            mark = found
        }
        let source = try source(of: item)
        guard let mark, mark.inputs[source.prefix + source.name] != nil else { return false }
        for (name, version) in mark.inputs where try await source.container.look(at: name)?.version ?? "" != version {
            return false
        }
        return true
    }

    private func fetch(_ item: ConversionItem, into folder: String) async throws -> AssetFetch.Fetched {
        let source = try source(of: item)
        let fetch = AssetFetch(
            container: source.container, prefix: source.prefix, folder: folder, limit: Int64(job.run.limits.bytes))
        guard options.subject == .converted else { return try await fetch.run(source.name) }
        let head = try await source.container.head(of: source.prefix + source.name, count: 4)
        guard head.map({ $0 == Array("glTF".utf8) }) ?? true else {
            throw ContainerProblem(
                message: "\(source.prefix)\(source.name) is no binary glTF, which is all that can be drawn of "
                    + "converted assets; draw the sources instead.")
        }
        var fetched = try await fetch.run(source.name)
        // Formats are told by their endings.
        let path = (fetched.path as NSString).deletingPathExtension + ".glb"
        try FileManager.default.moveItem(atPath: fetched.path, toPath: path)
        fetched.path = path
        return fetched
    }

    /// What is drawn for a conversion: a container, and a name below a prefix.
    private func source(
        of item: ConversionItem
    ) throws -> (container: any ObjectStore, prefix: String, name: String) {
        switch options.subject {
        case .source: (try containers.access(item.input).input, item.inputPrefix, item.asset)
        case .converted: (try containers.access(item.output).output, item.outputPrefix, item.converted)
        }
    }

    /// The names of a conversion's pictures: view by view, in the order of the sizes.
    private func names(of item: ConversionItem) -> [String] {
        let (views, sizes) = (job.frames.views.map(\.rawValue), job.outputs[0].size.map(\.width))
        let shown: [String?] = views.count > 1 ? views : [nil]
        let widths: [Int?] = sizes.count > 1 ? sizes : [nil]
        return shown.flatMap { view in widths.map { item.picture(view: view, width: $0) } }
    }

    private func addresses(of item: ConversionItem) throws -> [String] {
        let address = try containers.access(item.output).output.address
        return names(of: item).map { "\(address)/\($0)" }
    }

    // MARK: Words

    /// A folder's name that belongs to a conversion, the same in every run.
    private static func mark(of item: ConversionItem) -> String {
        String(Fingerprint(of: Array(item.place.utf8)).description.prefix(16))
    }

    /// A renderer's words without the places that files have in the meantime.
    private static func plain(_ cause: String, _ path: String) -> String {
        cause.replacing((path as NSString).deletingLastPathComponent + "/", with: "")
    }

    /// The report of a conversion that the run was stopped before.
    static func interrupted(_ item: ConversionItem) -> ItemReport {
        var report = ItemReport(title: item.title, source: item.source, result: .interrupted)
        (report.stage, report.blame) = ("run", .environment)
        report.cause = "\(item.title): the run was stopped before it; run it again to go on."
        return report
    }

    static func report(_ title: String, _ source: String, _ problem: ContainerProblem, at stage: String) -> ItemReport {
        var report = ItemReport(
            title: title, source: source, result: problem.blame == .limits ? .skippedByLimit : .failed)
        (report.stage, report.blame, report.cause) = (stage, problem.blame, "\(title): \(problem.message)")
        return report
    }

    /// What an error says of a conversion.
    ///
    /// - Throws: the error itself when the work was cancelled.
    private static func report(_ item: ConversionItem, _ error: any Error, at stage: String) throws -> ItemReport {
        let problem: ContainerProblem
        switch error {
        case is CancellationError: throw error
        case let error as ContainerProblem: problem = error
        case let error as StoreError: problem = ContainerProblem(error)
        case let error as ServiceError:
            problem = ContainerProblem(message: error.message, blame: error.code == .file ? .environment : .remote)
        default: problem = ContainerProblem(message: Redaction.text(error.localizedDescription), blame: .environment)
        }
        return report(item.title, item.source, problem, at: stage)
    }
}
