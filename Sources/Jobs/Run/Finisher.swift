// SPDX-License-Identifier: Apache-2.0
import Codecs
import Stores
import Synchronization

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
    /// Places for pictures on their way to a store, which take time but no core.
    private let uploads: Slots
    private let sending = Mutex<[ItemID: Task<ItemFailure?, Never>]>([:])

    init(plan: JobPlan, ledger: Ledger, tally: Tally, places: Int, device: DevelopDevice?) {
        (self.plan, self.ledger, self.tally) = (plan, ledger, tally)
        maker = PictureMaker(plan, device: device)
        slots = Slots(max(1, places))
        uploads = Slots(max(1, plan.options.stored?.options.atOnce ?? 1))
    }

    /// Waits for a free place, then finishes the frame beside the caller.
    func submit(_ order: Order) async {
        await slots.acquire()
        Task {
            let made = await Offload.run { self.make(order) }
            guard case .success(let files) = made.pictures, !stored(order.item).isEmpty else {
                await Offload.run { self.finish(order, made) }
                return slots.release()
            }
            await uploads.acquire()
            slots.release()
            let task = Task { await send(files.bytes, order) }
            sending.withLock { $0[order.item] = task }
            let failure = await task.value
            sending.withLock { $0[order.item] = nil }
            await Offload.run { self.finish(order, made, sending: failure) }
            uploads.release()
        }
    }

    /// Gives up what is on its way to stores.
    func cancel() {
        for task in sending.withLock({ Array($0.values) }) { task.cancel() }
    }

    /// Waits until all frames handed in are finished.
    func drain() async {
        await slots.drain()
        await uploads.drain()
    }

    /// An item's files in memory, and how long they took.
    private struct Made: Sendable {
        var pictures: Result<PictureMaker.Files, ItemFailure>
        var seconds: Double
    }

    private func make(_ order: Order) -> Made {
        let start = ContinuousClock.now
        let pictures = Result { () throws(ItemFailure) in try self.pictures(order) }
        return Made(pictures: pictures, seconds: (ContinuousClock.now - start) / .seconds(1))
    }

    /// The outputs of an item that go to a store, by their places.
    private func stored(_ item: ItemID) -> [(index: Int, path: String)] {
        guard plan.options.stored != nil else { return [] }
        return plan.outputPaths(item).enumerated().filter { StoredFiles.holds($0.element) }
            .map { ($0.offset, $0.element) }
    }

    /// Puts an item's files into stores; gives why one could not be.
    private func send(_ files: [[UInt8]], _ order: Order) async -> ItemFailure? {
        do {
            for (index, path) in stored(order.item) {
                try await plan.options.stored?.put(files[index], to: path, fingerprint: order.fingerprint)
            }
            return nil
        } catch let error as StoreError {
            return ItemFailure(error, stage: "write")
        } catch {
            return .interrupted
        }
    }

    private func finish(_ order: Order, _ made: Made, sending: ItemFailure? = nil) {
        let item = order.item
        var report = tally.report(item, .done)
        report.warnings = order.warnings
        report.stageSeconds = order.stageSeconds
        var record = LedgerRecord(key: plan.key(item), fingerprint: order.fingerprint, result: .done)
        (record.sideFiles, record.missing) = (order.sideFiles, order.missing)
        record.files = report.outputs
        do throws(ItemFailure) {
            let files = try made.pictures.get()
            report.warnings += files.warnings
            if let sending { throw sending }
            let developed = ContinuousClock.now
            if let late = order.clock.overrun(stage: "develop", title: plan.title(item)) { throw late }
            try write(files.bytes, item)
            report.stageSeconds["develop"] = made.seconds
            report.stageSeconds["write"] = (ContinuousClock.now - developed) / .seconds(1)
            record.sizes = files.bytes.map(\.count)
        } catch {
            report = fail(report, error, &record)
            if error.result == .interrupted { return tally.record(item, report, isTried: false) }
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
        for (index, path) in plan.outputPaths(item).enumerated() where !StoredFiles.holds(path) {
            do throws(FileError) {
                try AtomicFile.write(files[index], to: path, isPrivate: plan.outputs[index].settings.isDesktop)
            } catch {
                throw ItemFailure(stage: "write", blame: .environment, error.message)
            }
        }
    }
}
