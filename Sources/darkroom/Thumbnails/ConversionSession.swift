// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Jobs
import Logging
import RemoteRendering
import Thumbnails

/// `darkroom thumbnail --conversions`: thumbnails beside the converted assets of a service, once or on and on.
struct ConversionSession {
    let client: RemoteRenderingClient
    let job: JobFile
    let run: RunFlags
    let report: ReportFlags
    private let thumbnails: ConversionThumbnails
    private let display: any JobProgress

    init(
        job: JobFile, client: RemoteRenderingClient, containers: ContainerTable,
        subject: ConversionThumbnails.Subject, run: RunFlags, report: ReportFlags
    ) throws {
        (self.client, self.job, self.run, self.report) = (client, job, run, report)
        var options = ConversionThumbnails.Options()
        (options.subject, options.isForced) = (subject, run.force)
        let display = JobSession(job: job, run: run, report: report).display(
            name: job.name ?? "thumbnails", shard: .whole)
        self.display = display
        thumbnails = try ConversionThumbnails(containers: containers, job: job, options: options) { [run, report] job in
            let session = JobSession(job: job, run: run, report: report)
            return await session.carryOut(try session.plan(), progress: BatchProgress(display: display))
        }
    }

    /// Draws all conversions that succeeded, or those of some ids.
    ///
    /// - Throws: `ServiceError` when the service cannot be asked, `CommandFailure` with the run's code.
    func run(ids: [String], watch: WatchFlags) async throws {
        let record = WatchRecord()
        if watch.watch {
            try await watch.run { try await follow(watch, record) }
        } else {
            try await Interruption.interruptible {
                let conversions = try await find(ids, record)
                display.receive(.planned(items: conversions.count, pending: conversions.count))
                let reports = try await thumbnails.run(conversions) { display.receive(.finished($0)) }
                record.take(Array(reports.values))
            }
        }
        let summary = record.summary(of: job, failsUnsupported: true)
        display.receive(.ended(summary))
        if summary.exitCode != .success { throw CommandFailure(summary.exitCode, "") }
    }

    /// The conversions to draw; what cannot be drawn among named ones is reported.
    private func find(_ ids: [String], _ record: WatchRecord) async throws -> [AssetConversion] {
        guard !ids.isEmpty else { return try await succeeded(isTold: true) }
        var found: [AssetConversion] = []
        for id in ids {
            let conversion = try await client.assetConversion(id)
            if conversion.status == .succeeded {
                found.append(conversion)
            } else {
                var report = ItemReport(title: id, source: id, result: .failed)
                (report.stage, report.blame) = ("plan", .input)
                report.cause =
                    "\(id): the conversion is \(conversion.status.rawValue); only those that succeeded have an asset."
                display.receive(.finished(report))
                record.take([report])
            }
        }
        return found
    }

    /// The conversions that succeeded, less those whose assets later ones have replaced.
    private func succeeded(isTold: Bool = false) async throws -> [AssetConversion] {
        var all: [AssetConversion] = []
        for try await conversion in client.assetConversions() where conversion.status == .succeeded {
            all.append(conversion)
        }
        let (current, replaced) = ConversionThumbnails.latest(all)
        if replaced > 0, isTold {
            display.receive(.note("\(replaced) conversions are left out: later ones have replaced their assets"))
        }
        return current
    }

    /// Draws conversions as they succeed, those of before included.
    private func follow(_ watch: WatchFlags, _ record: WatchRecord) async throws {
        let (known, poll) = (KnownConversions(), watch.poll ?? .seconds(30))
        let settled = SettledWatch<String, String>(settle: watch.settle ?? .seconds(2), poll: poll)
        try await settled.run(
            look: { handedOut in
                do {
                    return await known.take(try await succeeded(), thumbnails, handedOut: handedOut)
                } catch let error as ServiceError where error.isPassing {
                    display.receive(.note("\(error.message) The next look is in \(poll)."))
                    return await known.states
                }
            },
            handle: { ids in
                let reports = try await thumbnails.run(await known.conversions(ids)) { display.receive(.finished($0)) }
                record.take(Array(reports.values))
                // What was not the asset's fault may be over by the next look.
                return Set(reports.filter { $0.value.blame == .remote || $0.value.result == .interrupted }.keys)
            })
    }
}

extension ServiceError {
    /// Whether the same question may be answered a little later.
    fileprivate var isPassing: Bool {
        code == .unreachable || code == .timedOut || status == 429 || (status ?? 0) >= 500
    }
}
