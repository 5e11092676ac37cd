// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Stores

/// What ends a job once its items have ended: exit code, sheet, film, reports.
struct JobClosing {
    let plan: JobPlan

    /// Settles the exit code.
    func settle(_ summary: inout JobSummary) {
        let named = Set(plan.scenes.map(\.source).filter(\.isNamed).map(\.path))
        summary.settle(plan.file.run) { item in
            switch plan.file.sources.unsupported {
            case .fail: true
            case .skip: false
            case .auto: named.contains(item.source)
            }
        }
    }

    /// Inputs that could not become items, told by the first shard alone.
    var rejections: [ItemReport] {
        guard plan.shard.index == 1 else { return [] }
        return plan.rejected.map { rejected in
            var report = ItemReport(title: rejected.name, source: rejected.name, result: .failed)
            (report.stage, report.cause, report.blame) = ("plan", rejected.cause, .input)
            return report
        }
    }

    /// Makes the contact sheet and the movie, of all pictures in place; neither, when the run was told to stop.
    func writeExtras(_ summary: inout JobSummary) async {
        guard !summary.isInterrupted, plan.file.sheet != nil || plan.file.movie != nil else { return }
        let items = summary.items.filter { $0.result.isInPlace && !$0.outputs.isEmpty }
        guard !items.isEmpty else { return }
        let (sheet, movie) = (plan.file.sheet, plan.file.movie)
        let background = plan.file.scene.background
        let pictures = plan.outputs.indices.filter { !plan.outputs[$0].settings.isBuffers }
        let smallest = pictures.min { plan.outputs[$0].width < plan.outputs[$1].width } ?? 0
        let largest = pictures.max { plan.outputs[$0].width < plan.outputs[$1].width } ?? 0
        let cell =
            pictures.filter { plan.outputs[$0].width >= sheet?.size ?? 0 }
            .min { plan.outputs[$0].width < plan.outputs[$1].width } ?? (sheet == nil ? smallest : largest)
        let isNothingNew = !items.contains { $0.result == .done }
        if let sheet {
            let cells = items.map { ContactSheet.Cell(picture: $0.outputs[cell], title: $0.title) }
            do throws(JobError) {
                summary.extras += try await write(sheet, cells)
            } catch {
                summary.errors.append(error)
            }
        }
        if let movie {
            do throws(JobError) {
                let pictures = items.map { $0.outputs[largest] }
                summary.extras += try await write(movie, pictures, background ?? .white, isNothingNew: isNothingNew)
            } catch {
                summary.errors.append(error)
            }
        }
    }

    private func write(_ sheet: JobFile.Sheet, _ cells: [ContactSheet.Cell]) async throws(JobError) -> [String] {
        let key = sheetKey(sheet, cells)
        let desk = ExtrasDesk(stored: plan.options.stored)
        if try await desk.isInPlace(sheet.path, key) { return [sheet.path] }
        let local = try await desk.local(cells.map(\.picture))
        var (here, moved) = (sheet, cells)
        here.path = try desk.place(of: sheet.path)
        for index in moved.indices { moved[index].picture = local[moved[index].picture] ?? moved[index].picture }
        let (settings, pictures) = (here, moved)
        let written = await Offload.run { () -> Result<[String], JobError> in
            Result { () throws(JobError) in try ContactSheet(settings).write(pictures, key: key) }
        }
        return try await desk.send(try written.get(), for: sheet.path, from: here.path, key)
    }

    private func write(
        _ movie: JobFile.Movie, _ pictures: [String], _ background: PictureColor, isNothingNew: Bool
    ) async throws(JobError) -> [String] {
        let desk = ExtrasDesk(stored: plan.options.stored)
        if isNothingNew, try await desk.length(of: movie.path) > 0 { return [] }
        let local = try await desk.local(pictures)
        var here = movie
        here.path = try desk.place(of: movie.path)
        let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let maker = MovieMaker(settings: here, background: background, searchPath: searchPath)
        let written = await Offload.run { () -> Result<Void, JobError> in
            Result { () throws(JobError) in try maker.write(pictures.map { local[$0] ?? $0 }) }
        }
        try written.get()
        return try await desk.send([here.path], for: movie.path, from: here.path, nil)
    }

    /// What a sheet shows: its settings, and name, size and version of each picture.
    private func sheetKey(_ sheet: JobFile.Sheet, _ cells: [ContactSheet.Cell]) -> Fingerprint {
        var text =
            "\(sheet.labels ? "labelled " : "")sheet \(sheet.columns) \(sheet.size) \(sheet.background?.description ?? "clear")\n"
        for cell in cells {
            if let object = plan.options.stored?.known(cell.picture) {
                text += "\(cell.picture)\0\(cell.title)\0\(object.length) \(object.version)\n"
                continue
            }
            let status = FileSystem.status(cell.picture)
            text += "\(cell.picture)\0\(cell.title)\0\(status?.size ?? 0) \(status?.modified ?? 0)\n"
        }
        return Fingerprint(of: Array(text.utf8))
    }

    /// Writes the reports that the job asks for, each shard its own.
    func writeReports(_ summary: inout JobSummary) async {
        summary.write(plan.file.report) { StoredFiles.holds($0) ? nil : plan.sharded($0) }
        for (path, text) in summary.reports(plan.file.report) {
            guard let path, let stored = plan.options.stored, StoredFiles.holds(path) else { continue }
            do {
                try await stored.put(Array(text(summary).utf8), to: plan.sharded(path))
            } catch {
                summary.missReport("report \(JobError.clause("\(error)"))", error)
            }
        }
    }
}

extension JobSummary {
    /// Writes reports of the run; one that cannot be written is an error of it.
    ///
    /// - Parameter place: where the report of a path goes; `nil` for one that goes elsewhere.
    package mutating func write(_ report: JobFile.ReportSettings, to place: (String) -> String? = { $0 }) {
        for (path, text) in reports(report) {
            guard let path, let place = place(path) else { continue }
            do throws(FileError) {
                try AtomicFile.write(Array(text(self).utf8), to: place, isDurable: false)
            } catch {
                missReport("report \(error.message)", error)
            }
        }
    }

    /// The reports asked for: where each goes, and what makes its text.
    func reports(_ report: JobFile.ReportSettings) -> [(path: String?, text: (JobSummary) -> String)] {
        [
            (report.json, { $0.json.serialized() + "\n" }),
            (report.junit, { $0.junit }),
            (report.metrics, { $0.metrics() }),
            (report.html, { $0.html(folder: PathName.folder(report.html ?? "")) }),
        ]
    }

    /// Takes note that a report could not be written.
    mutating func missReport(_ message: String, _ cause: any Error) {
        errors.append(JobError(.environment, message, underlying: cause))
        if exitCode == .success || exitCode == .partial { exitCode = .environment }
    }
}
