// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Synchronization

/// Carries a plan out: holds it against the ledger, draws what is left, writes files, reports.
public final class JobRunner: Sendable {
    /// What a command line adds for one run.
    public struct Options: Sendable {
        /// Draw everything, whatever the ledger says.
        public var isForced = false
        /// Open every finished picture and draw those anew that cannot be read.
        public var verifies = false
        /// Try remembered failures again.
        public var retriesFailed = false
        /// Take an item's last end as it is, whatever it was, and draw nothing: for joining shards.
        var takesEveryEnd = false
        /// How long items under way may take to finish once the run is told to stop.
        public var grace = Duration.seconds(12)
        /// Scenes after which a renderer is replaced by a fresh one.
        public var scenesPerRenderer = 5000
        /// Frames that may be decoded, developed and written at once; `nil` counts cores.
        public var finishers: Int?
        /// What develops pictures in the processor's place, until it fails.
        public var engine: (any DevelopEngine)?

        public init() {}
    }

    let plan: JobPlan
    let provider: any RendererProvider
    let options: Options
    let tally: Tally
    private struct Control {
        var isInterrupted = false
        var workers: Task<Void, Never>?
        var finisher: Finisher?
    }
    private let control = Mutex(Control())
    private let queue = Mutex<WorkQueue?>(nil)

    public init(
        plan: JobPlan, provider: any RendererProvider, progress: any JobProgress = NoProgress(),
        options: Options = Options()
    ) {
        (self.plan, self.provider, self.options) = (plan, provider, options)
        tally = Tally(plan, progress: progress)
    }

    /// Tells the run to stop: nothing new is begun, items under way may finish within the grace.
    ///
    /// May be called at any time and from any thread, more than once.
    public func interrupt() {
        let (workers, finisher) = control.withLock { control in
            control.isInterrupted = true
            return (control.workers, control.finisher)
        }
        queue.withLock { $0?.stop() }
        guard let workers else { return }
        // Held weakly: a finisher has the ledger, which the next run of this process wants before the grace is over.
        Task { [grace = options.grace, weak finisher] in
            try? await Task.sleep(for: grace)
            workers.cancel()
            finisher?.cancel()
        }
    }

    private var closing: JobClosing { JobClosing(plan: plan) }

    var isInterrupted: Bool { control.withLock { $0.isInterrupted } }

    /// Runs the job to its end; cancelling the task does what `interrupt` does.
    public func run() async -> JobSummary {
        await withTaskCancellationHandler {
            await runToEnd()
        } onCancel: {
            interrupt()
        }
    }

    private func runToEnd() async -> JobSummary {
        let start = ContinuousClock.now
        var summary = JobSummary(name: plan.name, shard: plan.shard)
        do throws(JobError) {
            let ledger = try Ledger(folder: plan.file.ledger, shard: plan.shard)
            let verified = try await plan.prepareCheck(options, records: ledger.records)
            let pending = await Offload.run { [self] in
                ResumeCheck(plan: plan, options: options, verified: verified, records: ledger.records).pending(tally)
            }
            tally.tell(.planned(items: plan.itemCount, pending: pending.count))
            if !pending.isEmpty { (summary.backend, summary.errors) = await draw(pending, ledger: ledger) }
            summary.items = tally.reports() + closing.rejections
            do throws(FileError) { try ledger.finish() } catch {
                summary.errors.append(JobError(.environment, error.message, underlying: error))
            }
            try await plan.saveLedger(within: isInterrupted ? .seconds(5) : nil)
        } catch {
            summary.errors.append(error)
        }
        summary.isInterrupted = isInterrupted
        summary.isStoppedByFailures = tally.isOverLimit
        // Sheet and film are of the whole job: of one in parts, `JobMerge` makes them.
        if plan.shard == .whole, summary.errors.isEmpty || !summary.items.isEmpty {
            await closing.writeExtras(&summary)
        }
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        closing.settle(&summary)
        await closing.writeReports(&summary)
        tally.tell(.ended(summary))
        return summary
    }

    // MARK: Drawing

    private func draw(_ pending: [ItemID], ledger: Ledger) async -> (backend: String?, errors: [JobError]) {
        let context = RunContext(runner: self, ledger: ledger, scenes: Self.scenes(of: pending))
        let saving = Task { await saveLedgerRegularly() }
        let (items, backend): ([ItemID], String?)
        do {
            (items, backend) = try await supported(pending, context)
        } catch {
            saving.cancel()
            return (nil, [RunContext.jobError(error)])
        }
        context.staging?.expect(Self.scenes(of: items))
        let queue = WorkQueue(items)
        self.queue.withLock { $0 = queue }
        let workers = Task { await work(queue, items: items.count, context) }
        let isLate = control.withLock { control in
            (control.workers, control.finisher) = (workers, context.finisher)
            return control.isInterrupted
        }
        if isLate { interrupt() }
        await workers.value
        await context.finisher.drain()
        // It holds the ledger, which the next run of this process wants.
        control.withLock { $0.finisher = nil }
        await context.staging?.close()
        saving.cancel()
        await saving.value
        let reason = context.endReason
        for item in queue.takeRest() where !tally.hasEnded(item) {
            tally.record(item, tally.report(item, reason ?? .interrupted), isTried: false)
        }
        return (backend, [])
    }

    /// The scenes of items, each once, in their order.
    private static func scenes(of items: [ItemID]) -> [Int] {
        items.reduce(into: []) { scenes, item in if scenes.last != item.scene { scenes.append(item.scene) } }
    }

    /// Puts a ledger of a store there from time to time, so that a machine that is lost takes little along.
    private func saveLedgerRegularly() async {
        guard let stored = plan.options.stored, stored.ledger.withLock({ $0 }) != nil else { return }
        while (try? await Task.sleep(for: stored.options.ledgerPace)) != nil {
            do {
                try await stored.saveLedger()
            } catch is CancellationError {
                return
            } catch {
                tally.tell(.note("\(error); the ledger will be put there later"))
            }
        }
    }

    private func work(_ queue: WorkQueue, items: Int, _ context: RunContext) async {
        var lanes = Array(0..<max(1, min(provider.capacity, items)))
        while !lanes.isEmpty {
            let left = queue.count
            await withTaskGroup(of: Void.self) { group in
                for index in lanes {
                    group.addTask { await Worker(index: index, queue: queue, context: context).run() }
                }
            }
            guard queue.count > 0, !queue.isStopped, !Task.isCancelled else { break }
            // A renderer that went away gave its item back, maybe when the others had done already: they come again.
            let usable = context.lanes.usable(of: lanes)
            if queue.count == left, Set(usable).isSuperset(of: lanes) { break }
            lanes = Array(usable.prefix(queue.count))
        }
        await context.finisher.drain()
        // Items that were under way when a renderer was lost: one after another, each on a renderer of its own, so
        // that the guilty one can be told from those it took along.
        for suspect in queue.takeSuspects() {
            if Task.isCancelled || queue.isStopped {
                queue.suspect(scene: suspect.scene, frames: suspect.frames)
                continue
            }
            var items = suspect.frames.map { ItemID(scene: suspect.scene, frame: $0) }
            let usable = context.lanes.usable(of: [0])
            for index in usable.isEmpty ? [0] : usable where !items.isEmpty && !Task.isCancelled {
                let alone = WorkQueue(items)
                await Worker(index: index, queue: alone, context: context, isAlone: true).run()
                items = alone.takeRest()
            }
            for item in items { queue.suspect(scene: item.scene, frames: [item.frame]) }
        }
    }

    /// The items whose formats the backend loads; reports the others.
    private func supported(_ pending: [ItemID], _ context: RunContext) async throws -> ([ItemID], String?) {
        let provider = provider
        let limit = context.connectTimeout
        guard plan.file.scene.models.isEmpty else {
            return (pending, try await asking(limit) { try await provider.describe() })
        }
        let known = try await asking(limit) { try await provider.loadableExtensions() }
        let backend = try await asking(limit) { try await provider.describe() }
        guard let known else { return (pending, backend) }
        let items = pending.filter { item in
            let name = plan.scenes[item.scene].source.path
            let ending = PathName.fileExtension(name).lowercased()
            if known.contains(ending) { return true }
            let failure = ItemFailure(
                .unsupported, stage: "plan", blame: .input,
                "\(name): the backend has no loader for .\(ending); it loads \(known.sorted().joined(separator: ", "))")
            tally.record(item, context.record(item, failure))
            return false
        }
        return (items, backend)
    }

    /// Asks a backend, again when it was lost on the way: one that died may be started anew.
    private func asking<Answer: Sendable>(
        _ limit: Duration?, _ question: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        for attempt in 0..<plan.file.run.retries {
            do {
                return try await Deadline.run(limit, question)
            } catch let error as RendererError where !isInterrupted {
                tally.tell(.note("\(error.message); asking again"))
                try await Task.sleep(for: .milliseconds(250 << min(attempt, 6)))
            }
        }
        return try await Deadline.run(limit, question)
    }
}
