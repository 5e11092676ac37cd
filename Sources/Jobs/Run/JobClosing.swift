// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

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
        let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let (written, errors): ([String], [JobError]) = await Offload.run {
            var (written, errors): ([String], [JobError]) = ([], [])
            if let sheet {
                let cells = items.map { ContactSheet.Cell(picture: $0.outputs[cell], title: $0.title) }
                do throws(JobError) {
                    written += try ContactSheet(sheet).write(cells, key: Self.sheetKey(sheet, cells))
                } catch {
                    errors.append(error)
                }
            }
            if let movie, !(isNothingNew && FileSystem.status(movie.path)?.size ?? 0 > 0) {
                do throws(JobError) {
                    let maker = MovieMaker(settings: movie, background: background ?? .white, searchPath: searchPath)
                    try maker.write(items.map { $0.outputs[largest] })
                    written.append(movie.path)
                } catch {
                    errors.append(error)
                }
            }
            return (written, errors)
        }
        summary.extras += written
        summary.errors += errors
    }

    /// What a sheet shows: its settings, and name, size and time of each picture.
    private static func sheetKey(_ sheet: JobFile.Sheet, _ cells: [ContactSheet.Cell]) -> Fingerprint {
        var text =
            "\(sheet.labels ? "labelled " : "")sheet \(sheet.columns) \(sheet.size) \(sheet.background?.description ?? "clear")\n"
        for cell in cells {
            let status = FileSystem.status(cell.picture)
            text += "\(cell.picture)\0\(cell.title)\0\(status?.size ?? 0) \(status?.modified ?? 0)\n"
        }
        return Fingerprint(of: Array(text.utf8))
    }

    /// Writes the reports that the job asks for, each shard its own.
    func writeReports(_ summary: inout JobSummary) {
        summary.write(plan.file.report) { plan.sharded($0) }
    }
}

extension JobSummary {
    /// Writes reports of the run; one that cannot be written is an error of it.
    ///
    /// - Parameter place: where the report of a path goes.
    package mutating func write(_ report: JobFile.ReportSettings, to place: (String) -> String = { $0 }) {
        let texts: [(String?, (JobSummary) -> String)] = [
            (report.json, { $0.json.serialized() + "\n" }),
            (report.junit, { $0.junit }),
            (report.metrics, { $0.metrics() }),
            (report.html, { $0.html(folder: PathName.folder(report.html ?? "")) }),
        ]
        for (path, text) in texts {
            guard let path else { continue }
            do throws(FileError) {
                try AtomicFile.write(Array(text(self).utf8), to: place(path), isDurable: false)
            } catch {
                errors.append(JobError(.environment, "report \(error.message)", underlying: error))
                if exitCode == .success || exitCode == .partial { exitCode = .environment }
            }
        }
    }
}
