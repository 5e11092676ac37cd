// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import HTTPService
import Jobs
import RemoteRendering
import Stores

/// Puts thumbnails beside converted assets: looks at what is there, fetches what is not drawn yet, draws, stores.
public struct ConversionThumbnails: Sendable {
    /// What is drawn.
    public enum Subject: String, Sendable, CaseIterable {
        /// The asset that was converted.
        case source
        /// What became of it, where that is binary glTF.
        case converted
    }

    /// How conversions are worked off.
    public struct Options: Sendable {
        public var subject = Subject.source
        /// Draw again what is there and unchanged.
        public var isForced = false
        /// Conversions whose assets are here at the same time.
        public var batch = 32
        /// Assets on their way at once.
        public var atOnce = 4
        /// Where assets and pictures lie in the meantime.
        public var scratch = NSTemporaryDirectory()

        public init() {}
    }

    let containers: ContainerTable
    let job: JobFile
    let options: Options
    private let draw: @Sendable (JobFile) async throws -> JobSummary
    /// What the pictures depend on besides their inputs.
    let settings: String

    /// - Parameters:
    ///   - containers: those that may be asked; others fail their conversions.
    ///   - job: how to draw, with one output of PNG and the sizes; sources and paths are filled in here.
    ///   - draw: carries a job out.
    /// - Throws: `JobError` for a job that makes anything but PNG.
    public init(
        containers: ContainerTable, job: JobFile, options: Options = Options(),
        draw: @escaping @Sendable (JobFile) async throws -> JobSummary
    ) throws(JobError) {
        guard job.outputs.count == 1, job.outputs[0].format == .png, !job.outputs[0].size.isEmpty else {
            throw JobError(.usage, "Thumbnails of conversions are PNGs of one size or several.")
        }
        (self.containers, self.job, self.options, self.draw) = (containers, job, options, draw)
        settings = Self.settings(of: job, options.subject)
    }

    /// How a conversion's assets stand: another text when one was written again.
    public func state(of conversion: AssetConversion) async -> String {
        guard let item = try? ConversionItem(conversion) else { return "" }
        let source = try? await containers.access(item.input).input.look(at: item.inputPrefix + item.asset)
        let output = try? await containers.access(item.output).output.look(at: item.outputPrefix + item.converted)
        return "\(source?.version ?? "") \(output?.version ?? "")"
    }

    /// Works conversions off; each ends as exactly one report, by its id.
    ///
    /// - Parameter told: hears of each conversion when it has ended.
    /// - Throws: `JobError` when nothing can be drawn at all. Once the task is cancelled, the rest ends as interrupted.
    public func run(
        _ conversions: [AssetConversion], told: @Sendable (ItemReport) -> Void = { _ in }
    ) async throws -> [String: ItemReport] {
        var reports: [String: ItemReport] = [:]
        var pending: [ConversionItem] = []
        func end(_ id: String, _ report: ItemReport) {
            reports[id] = report
            told(report)
        }
        for conversion in conversions {
            do throws(ContainerProblem) {
                let item = try ConversionItem(conversion)
                _ = (try containers.access(item.input), try containers.access(item.output))
                pending.append(item)
            } catch {
                let source = conversion.output?.outputAssetUri ?? conversion.id
                end(conversion.id, Self.report(conversion.id, source, error, at: "plan"))
            }
        }
        while !pending.isEmpty, !Task.isCancelled {
            let batch = Array(pending.prefix(max(1, options.batch)))
            do {
                for (item, report) in zip(batch, try await work(off: batch)) { end(item.id, report) }
            } catch {
                if Task.isCancelled { break }
                throw error
            }
            pending.removeFirst(batch.count)
        }
        for item in pending { end(item.id, Self.interrupted(item)) }
        return reports
    }

    /// The conversions that have a place of their own: of several with the same one, the last is the one that is there.
    public static func latest(_ conversions: [AssetConversion]) -> (current: [AssetConversion], replaced: Int) {
        var last: [String: Int] = [:]
        for (index, conversion) in conversions.enumerated() {
            if let place = try? ConversionItem(conversion).place { last[place] = index }
        }
        let current = conversions.enumerated().filter { index, conversion in
            guard let place = try? ConversionItem(conversion).place else { return true }
            return last[place] == index
        }
        return (current.map(\.element), conversions.count - current.count)
    }

    // MARK: A batch

    /// How far a conversion has come.
    enum Stage: Sendable {
        case ended(ItemReport)
        case fetched(AssetFetch.Fetched)
    }

    /// What came of the conversion at a place of the batch.
    private struct Placed<Value: Sendable>: Sendable {
        var index: Int
        var value: Value
    }

    private func work(off batch: [ConversionItem]) async throws -> [ItemReport] {
        let folder = (options.scratch as NSString).appendingPathComponent("darkroom-thumbnails-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let stages = try await fetch(batch, into: folder)
        let paths = stages.compactMap { stage in
            if case .fetched(let fetched) = stage { fetched.path } else { nil }
        }
        let drawn = paths.isEmpty ? nil : try await draw(job(for: paths, in: folder))
        if let drawn, drawn.items.isEmpty, let error = drawn.errors.first { throw error }
        return try await withThrowingTaskGroup(of: Placed<ItemReport>.self) { group in
            var reports: [Int: ItemReport] = [:]
            for (index, stage) in stages.enumerated() {
                switch stage {
                case .ended(let report): reports[index] = report
                case .fetched(let fetched):
                    let pictures = drawn?.items.filter { $0.source == fetched.path } ?? []
                    group.addTask {
                        Placed(index: index, value: try await store(pictures, of: batch[index], fetched))
                    }
                }
            }
            for try await placed in group { reports[placed.index] = placed.value }
            return batch.indices.compactMap { reports[$0] }
        }
    }

    private func fetch(_ batch: [ConversionItem], into folder: String) async throws -> [Stage] {
        try await withThrowingTaskGroup(of: Placed<Stage>.self) { group in
            var stages: [Int: Stage] = [:]
            for (index, item) in batch.enumerated() {
                if index >= options.atOnce, let done = try await group.next() { stages[done.index] = done.value }
                group.addTask { Placed(index: index, value: try await prepare(item, in: folder)) }
            }
            for try await done in group { stages[done.index] = done.value }
            return batch.indices.compactMap { stages[$0] }
        }
    }

    /// The job that draws some models of this machine.
    private func job(for paths: [String], in folder: String) -> JobFile {
        var job = job
        job.name = "thumbnails"
        (job.sources.root, job.sources.paths, job.sources.list) = (folder + "/in", paths, nil)
        job.sources.unsupported = .fail
        job.outputs[0].path = folder + "/out/{rel}.{view}.{width}.png"
        job.ledger = folder + "/ledger/"
        (job.sheet, job.movie, job.report) = (nil, nil, JobFile.ReportSettings())
        (job.run.shard, job.run.resume) = (.whole, false)
        return job
    }

    private static func settings(of job: JobFile, _ subject: Subject) -> String {
        var plain = JobFile()
        (plain.scene, plain.camera, plain.render, plain.develop) = (job.scene, job.camera, job.render, job.develop)
        (plain.frames, plain.sources.up) = (job.frames, job.sources.up)
        plain.outputs = job.outputs
        for index in plain.outputs.indices { plain.outputs[index].path = ".png" }
        let text = "\(Fingerprint.pictureVersion) \(subject.rawValue)\n\(plain.yaml())"
        return Fingerprint(of: Array(text.utf8)).description
    }
}
