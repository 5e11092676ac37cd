// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

extension JobRunner {
    /// Makes the contact sheet and the movie, of all pictures in place; neither, when the run was told to stop.
    func writeExtras(_ summary: inout JobSummary) async {
        guard !summary.isInterrupted, plan.file.sheet != nil || plan.file.movie != nil else { return }
        let items = summary.items.filter { $0.result.isInPlace && !$0.outputs.isEmpty }
        guard !items.isEmpty else { return }
        var (sheet, movie) = (plan.file.sheet, plan.file.movie)
        if let path = sheet?.path { sheet?.path = plan.sharded(path) }
        if let path = movie?.path { movie?.path = plan.sharded(path) }
        let background = plan.file.scene.background
        let smallest = plan.outputs.indices.min { plan.outputs[$0].width < plan.outputs[$1].width } ?? 0
        let largest = plan.outputs.indices.max { plan.outputs[$0].width < plan.outputs[$1].width } ?? 0
        let cell =
            plan.outputs.indices.filter { plan.outputs[$0].width >= sheet?.size ?? 0 }
            .min { plan.outputs[$0].width < plan.outputs[$1].width } ?? (sheet == nil ? smallest : largest)
        let isNothingNew = !items.contains { $0.result == .done }
        let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let (written, errors): ([String], [JobError]) = await Offload.run { [sheet, movie] in
            var (written, errors): ([String], [JobError]) = ([], [])
            if let sheet {
                let pictures = items.map { $0.outputs[cell] }
                do throws(JobError) {
                    written += try ContactSheet(sheet).write(pictures, key: Self.sheetKey(sheet, pictures))
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

    /// What a sheet shows: its settings, and size and time of each picture.
    private static func sheetKey(_ sheet: JobFile.Sheet, _ pictures: [String]) -> Fingerprint {
        var text = "sheet \(sheet.columns) \(sheet.size) \(sheet.background?.description ?? "clear")\n"
        for path in pictures {
            let status = FileSystem.status(path)
            text += "\(path)\0\(status?.size ?? 0) \(status?.modified ?? 0)\n"
        }
        return Fingerprint(of: Array(text.utf8))
    }

    /// Writes the reports that the job asks for; one that cannot be written is an error of the run.
    func writeReports(_ summary: inout JobSummary) {
        let report = plan.file.report
        let texts: [(String?, () -> String)] = [
            (report.json, { [summary] in summary.json.serialized() + "\n" }),
            (report.junit, { [summary] in summary.junit }),
            (report.html, { [summary] in summary.html(folder: PathName.folder(report.html ?? "")) }),
        ]
        for (path, text) in texts {
            guard let path else { continue }
            do throws(FileError) {
                try AtomicFile.write(Array(text().utf8), to: plan.sharded(path), isDurable: false)
            } catch {
                summary.errors.append(JobError(.environment, "report \(error.message)", underlying: error))
                if summary.exitCode == .success || summary.exitCode == .partial { summary.exitCode = .environment }
            }
        }
    }
}
