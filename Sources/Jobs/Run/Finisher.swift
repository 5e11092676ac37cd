// SPDX-License-Identifier: Apache-2.0
import Codecs

/// Turns rendered frames into files while the next ones are drawn; at most so many at once.
final class Finisher: Sendable {
    /// A frame on its way to its files.
    struct Order: Sendable {
        var item: ItemID
        var clock: ItemClock
        var frame: RenderedFrame
        var fingerprint: Fingerprint
        /// The source's status from before anyone read it.
        var source: FileSystem.Status?
        var sideFiles: [String]
        var missing: Int
        var warnings: [String]
        var stageSeconds: [String: Double]
    }

    private let plan: JobPlan
    private let ledger: Ledger
    private let tally: Tally
    private let maker: PictureMaker
    private let slots: Slots

    init(plan: JobPlan, ledger: Ledger, tally: Tally, places: Int, device: DevelopDevice?) {
        (self.plan, self.ledger, self.tally) = (plan, ledger, tally)
        maker = PictureMaker(plan, device: device)
        slots = Slots(max(1, places))
    }

    /// Waits for a free place, then finishes the frame beside the caller.
    func submit(_ order: Order) async {
        await slots.acquire()
        Task {
            await Offload.run { self.finish(order) }
            slots.release()
        }
    }

    /// Waits until all frames handed in are finished.
    func drain() async { await slots.drain() }

    private func finish(_ order: Order) {
        let item = order.item
        var report = tally.report(item, .done)
        report.warnings = order.warnings
        report.stageSeconds = order.stageSeconds
        var record = LedgerRecord(key: plan.key(item), fingerprint: order.fingerprint, result: .done)
        (record.sideFiles, record.missing) = (order.sideFiles, order.missing)
        record.files = report.outputs
        do throws(ItemFailure) {
            let start = ContinuousClock.now
            let files = try pictures(order)
            report.warnings += files.warnings
            let developed = ContinuousClock.now
            if let late = order.clock.overrun(stage: "develop", title: plan.title(item)) { throw late }
            try write(files.bytes, item)
            report.stageSeconds["develop"] = (developed - start) / .seconds(1)
            report.stageSeconds["write"] = (ContinuousClock.now - developed) / .seconds(1)
            record.sizes = files.bytes.map(\.count)
        } catch {
            report = fail(report, error, &record)
        }
        do throws(FileError) {
            record.seconds = report.stageSeconds.values.reduce(0, +)
            try ledger.append(record)
        } catch {
            let failure = ItemFailure(stage: "ledger", blame: .environment, error.message)
            report = fail(report, failure, &record)
        }
        tally.record(item, report)
    }

    private func fail(_ report: ItemReport, _ failure: ItemFailure, _ record: inout LedgerRecord) -> ItemReport {
        var report = report
        (report.result, report.stage) = (failure.result, failure.stage)
        (report.cause, report.blame) = (failure.cause, failure.blame)
        (record.result, record.stage) = (failure.result, failure.stage)
        (record.cause, record.blame) = (failure.cause, failure.blame)
        return report
    }

    private func pictures(_ order: Order) throws(ItemFailure) -> PictureMaker.Files {
        let title = plan.title(order.item)
        var text = [
            PNGText(keyword: "Software", text: "Darkroom"), PNGText(keyword: "Title", text: title),
            PNGText(keyword: "Source", text: plan.scenes[order.item.scene].source.rel),
            PNGText(keyword: Fingerprint.keyword, text: order.fingerprint.description),
        ]
        if let source = order.source, plan.outputs.contains(where: \.settings.isDesktop) {
            text += DesktopThumbnail.entries(plan.scenes[order.item.scene].source.path, source)
        }
        do {
            return try maker.files(order.frame, text: text)
        } catch let empty as PictureMaker.EmptyFrame {
            throw ItemFailure(.emptyFrame, stage: "check", blame: .input, "\(title): \(empty.cause)")
        } catch let error as CodecError {
            if error.code == .encoding {
                throw ItemFailure(stage: "encode", blame: .bug, "\(title): \(error.message)")
            }
            throw ItemFailure(stage: "decode", blame: .remote, "\(title): the backend's picture: \(error.message)")
        } catch {
            throw ItemFailure(stage: "develop", blame: .bug, "\(title): \(error)")
        }
    }

    private func write(_ files: [[UInt8]], _ item: ItemID) throws(ItemFailure) {
        for (index, path) in plan.outputPaths(item).enumerated() {
            do throws(FileError) {
                try AtomicFile.write(files[index], to: path, isPrivate: plan.outputs[index].settings.isDesktop)
            } catch {
                throw ItemFailure(stage: "write", blame: .environment, error.message)
            }
        }
    }
}
