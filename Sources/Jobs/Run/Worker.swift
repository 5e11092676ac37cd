// SPDX-License-Identifier: Apache-2.0
import Scene

/// Draws items on one renderer after another, until the queue has no more.
struct Worker {
    let index: Int
    let queue: WorkQueue
    let context: RunContext
    /// Whether the items are those that went down with a renderer before, tried once more by themselves.
    var isAlone = false

    private var renderer: (any FrameRenderer)?
    private var work: SceneWork?
    private var scenesDrawn = 0

    private var plan: JobPlan { context.plan }

    init(index: Int, queue: WorkQueue, context: RunContext, isAlone: Bool = false) {
        (self.index, self.queue, self.context, self.isAlone) = (index, queue, context, isAlone)
    }

    /// Works until nothing is left, no renderer can be had, or the run stops.
    func run() async {
        var worker = self
        await worker.loop()
        worker.leaveScene()
        context.lanes.leave(index)
        await worker.dropRenderer()
    }

    private mutating func loop() async {
        while await isWanted(), let item = queue.next(holding: work?.index) {
            if work?.index != item.scene { await turn(to: item.scene) }
            guard await draw(item) else { return }
            context.lanes.end(index, isDrawn: false)
            if context.tally.isOverLimit { queue.stop() }
        }
    }

    /// Waits while faster renderers should draw what is left; `false` once nothing is.
    private func isWanted() async -> Bool {
        while !Task.isCancelled, !queue.isStopped {
            let left = queue.count
            if left == 0 { return false }
            if isAlone || context.lanes.shouldTake(index, pending: left) { return true }
            try? await Task.sleep(for: RendererSchedule.patience)
        }
        return false
    }

    private mutating func turn(to scene: Int) async {
        let context = context
        leaveScene()
        var staged: Result<StagedModel, ItemFailure>?
        if let staging = context.staging {
            do throws(ItemFailure) {
                staged = .success(try await staging.acquire(scene))
            } catch {
                staged = .failure(error)
            }
        }
        work = await Offload.run { [staged] in SceneWork(scene, context: context, staged: staged) }
        scenesDrawn += 1
        guard let renderer else { return }
        let limit = plan.file.run.memoryPerJob
        let bytes = (try? await Deadline.run(.seconds(10)) { await renderer.residentBytes() }) ?? nil
        if scenesDrawn > context.options.scenesPerRenderer || (bytes ?? 0) > limit {
            await dropRenderer()
            scenesDrawn = 0
        }
    }

    /// Lets the files of a scene go that were brought for it.
    private mutating func leaveScene() {
        guard let scene = work?.index else { return }
        context.staging?.release(scene, isOver: !queue.expects(scene: scene))
        work = nil
    }

    /// Draws one item; `false` when no renderer can be had and the worker has to end.
    private mutating func draw(_ item: ItemID) async -> Bool {
        guard let scene = work else { return false }
        let fingerprint = context.fingerprinter.fingerprint(frame: item.frame, inputs: scene.inputs)
        if await isFoundInPlace(item, fingerprint, scene) { return true }
        if let obstacle = scene.obstacle(plan) {
            settle([item.frame] + queue.takeAll(of: item.scene), obstacle)
            return true
        }
        context.tally.tell(.started(title: plan.title(item), worker: index))
        guard await connect(item) else { return false }
        context.lanes.begin(index)
        let clock = ItemClock(limit: plan.file.run.timeouts.item)
        guard let prepared = await prepare(item, clock) else { return true }
        var order: Finisher.Order
        do throws(Setback) {
            let frame = try await render(item, prepared, clock)
            order = Finisher.Order(
                item: item, clock: clock, frame: frame, fingerprint: fingerprint, source: scene.source,
                sideFiles: scene.sideFiles,
                missing: prepared.report.missingFiles.count,
                warnings: prepared.report.warnings.map { scene.staged?.plain($0) ?? $0 },
                stageSeconds: prepared.stageSeconds)
        } catch {
            await handle(error, item, frames: [item.frame])
            return true
        }
        order.warnings += prepared.report.missingFiles.map { "missing file \(scene.staged?.plain($0) ?? $0)" }
        order.warnings += order.frame.notes
        order.stageSeconds.merge(order.frame.stageSeconds) { $0 + $1 }
        work?.prepared?.stageSeconds = [:]
        context.lanes.end(index, isDrawn: true)
        await context.finisher.submit(order)
        return true
    }

    /// A picture that a killed run put in place without its ledger line.
    private func isFoundInPlace(_ item: ItemID, _ fingerprint: Fingerprint, _ scene: SceneWork) async -> Bool {
        guard plan.file.run.resume, !context.options.isForced else { return false }
        let (context, plan) = (context, plan)
        let paths = plan.outputPaths(item)
        guard paths.allSatisfy({ plan.status(of: $0)?.isFile == true }) else { return false }
        for path in paths where StoredFiles.holds(path) {
            // Pictures that have to be opened were opened before the run.
            guard !context.options.verifies, let stored = plan.options.stored,
                (try? await stored.fingerprint(of: path)) == fingerprint
            else {
                return false
            }
        }
        return await Offload.run {
            let sizes = paths.compactMap { plan.status(of: $0)?.size }
            guard sizes.count == paths.count,
                paths.allSatisfy({
                    StoredFiles.holds($0) || PictureOnDisk.isReadable($0, fingerprint: fingerprint)
                })
            else { return false }
            // How many side files the backend missed was in the lost line; with --strict that has to be known.
            if plan.options.isStrict || plan.file.sources.missingFiles == .fail { return false }
            var record = LedgerRecord(key: plan.key(item), fingerprint: fingerprint, result: .done)
            (record.sizes, record.files, record.sideFiles) = (sizes, paths, scene.sideFiles)
            guard (try? context.ledger.append(record)) != nil else { return false }
            context.tally.record(item, context.tally.report(item, .unchanged), isTried: false)
            return true
        }
    }

    // MARK: The renderer

    private mutating func dropRenderer() async {
        work?.prepared = nil
        guard let old = renderer else { return }
        renderer = nil
        _ = try? await Deadline.run(.seconds(5)) { await old.close() }
    }

    /// Makes sure of a renderer; puts the item back and tells why when there is none.
    private mutating func connect(_ item: ItemID) async -> Bool {
        if renderer != nil { return true }
        let (provider, index) = (context.provider, index)
        var failure = ItemFailure.interrupted
        for attempt in 0...plan.file.run.retries {
            do {
                if attempt > 0 { try await Task.sleep(for: .milliseconds(250 << min(attempt, 6))) }
                renderer = try await Deadline.run(context.connectTimeout) {
                    try await provider.makeRenderer(index: index)
                }
                context.noteAvailable()
                context.lanes.ready(index)
                return true
            } catch is CancellationError {
                break
            } catch {
                let reason = RunContext.jobError(error)
                let blame: Blame = reason.code == .environment ? .environment : .remote
                failure = ItemFailure(stage: "connect", blame: blame, reason.message)
                context.tally.tell(.note(reason.message))
            }
            if queue.isStopped { break }
        }
        if failure.result != .interrupted {
            context.noteUnavailable(failure)
            context.lanes.giveUp(index)
        }
        queue.giveBack(item)
        return false
    }

    // MARK: Scene and frame

    /// What came instead of a scene or a frame.
    private enum Setback: Error {
        case failure(ItemFailure)
        case lost(stage: String, String)
        case stopped
    }

    /// The scene, loaded if it was not; `nil` when it cannot be, and its items are settled.
    private mutating func prepare(_ item: ItemID, _ clock: ItemClock) async -> SceneWork.Prepared? {
        guard let renderer, let scene = work else { return nil }
        if let prepared = scene.prepared { return prepared }
        let plan = plan
        do throws(Setback) {
            let request: SceneRequest
            do throws(JobError) {
                request = try context.request(scene.scene) { scene.staged?.local($0) ?? $0 }
            } catch {
                throw .failure(ItemFailure(stage: "load", blame: .input, error.message))
            }
            let bound = { clock.bound(request.loadTimeout, flag: "--timeout-load") }
            let report = try await attempt(stage: "load", bound) { limit in
                var request = request
                request.loadTimeout = limit
                return try await renderer.prepare(request)
            }
            if let objection = scene.objection(report, plan) { throw .failure(objection) }
            var camera = SceneCamera(plan, scene: scene.scene, report: report)
            let probes = camera.probes
            if !probes.isEmpty {
                camera.fit(
                    to: try await attempt(stage: "load", bound) { _ in
                        try await renderer.outermostPoints(along: probes)
                    })
            }
            let prepared = SceneWork.Prepared(
                report: report, camera: camera,
                stageSeconds: report.stageSeconds)
            work?.prepared = prepared
            return prepared
        } catch {
            await handle(error, item, frames: [item.frame] + queue.takeAll(of: item.scene))
            return nil
        }
    }

    private func render(
        _ item: ItemID, _ prepared: SceneWork.Prepared, _ clock: ItemClock
    ) async throws(Setback) -> RenderedFrame {
        guard let renderer else { throw .stopped }
        let frame = plan.frames[item.frame]
        if let step = frame.simulation, let range = prepared.report.simulationFrames, !range.contains(step) {
            throw .failure(
                ItemFailure(
                    stage: "render", blame: .input,
                    "\(plan.title(item)): the simulation has the frames \(range.lowerBound) to \(range.upperBound)"))
        }
        let request = prepared.camera.request(frame)
        let own = plan.file.run.timeouts.render
        return try await attempt(stage: "render", { clock.bound(own, flag: "--timeout-render") }) { limit in
            var request = request
            request.timeout = limit
            return try await renderer.render(request)
        }
    }

    /// Calls the renderer, again after errors that may pass, never longer than the bound of each try.
    private func attempt<Value: Sendable>(
        stage: String, _ bound: () -> ItemClock.Bound, _ call: @escaping @Sendable (Duration?) async throws -> Value
    ) async throws(Setback) -> Value {
        var last = Setback.stopped
        for attempt in 0...plan.file.run.retries {
            let start = ContinuousClock.now
            let bound = bound()
            let (limit, flag) = (bound.limit, bound.flag)
            // The renderer ends the call in time by itself, and knows more of the cause; this is for one that does not.
            let outer = limit.map { $0 + min(.seconds(5), max(.milliseconds(200), $0 / 4)) }
            do {
                if attempt > 0 { try await Task.sleep(for: .milliseconds(100 << min(attempt, 6))) }
                return try await Deadline.run(outer) { try await call(limit) }
            } catch let error as RendererError {
                if let limit, ContinuousClock.now - start >= limit {
                    throw .failure(Self.late(stage, limit, flag, error.message))
                }
                if error.blame == .rendererLost { throw .lost(stage: stage, error.message) }
                last = .failure(ItemFailure(error))
                if error.blame != .remote || queue.isStopped { throw last }
            } catch is DeadlineExceeded {
                throw .failure(Self.late(stage, limit ?? .zero, flag, "the renderer did not answer"))
            } catch is CancellationError {
                throw .stopped
            } catch {
                throw .failure(ItemFailure(stage: stage, blame: .bug, "\(error)"))
            }
        }
        throw last
    }

    private static func late(_ stage: String, _ limit: Duration, _ flag: String, _ cause: String) -> ItemFailure {
        ItemFailure(
            stage: stage, blame: .remote,
            "\(stage) took longer than \(Quantity.text(limit)) (\(flag) sets that): \(cause)")
    }

    // MARK: Setbacks

    private mutating func handle(_ setback: Setback, _ item: ItemID, frames: [Int]) async {
        switch setback {
        case .failure(let failure):
            settle(frames, failure)
            // After a deadline nobody knows what the renderer is doing; the next item gets another one.
            if failure.cause.contains("took longer than") { await dropRenderer() }
        case .lost(let stage, let message) where isAlone:
            await dropRenderer()
            settle(
                frames,
                ItemFailure(
                    .crashedRenderer, stage: stage, blame: .input,
                    "\(plan.scenes[item.scene].source.path): crashed the renderer, alone as well: \(message)"))
        case .lost(_, let message):
            await dropRenderer()
            context.tally.tell(.note("\(message); \(plan.title(item)) will be tried again by itself"))
            queue.suspect(scene: item.scene, frames: frames)
        case .stopped:
            await dropRenderer()
            settle(frames, .interrupted)
        }
    }

    private func settle(_ frames: [Int], _ failure: ItemFailure) {
        guard let scene = work else { return }
        var failure = failure
        if let staged = scene.staged { failure.cause = staged.plain(failure.cause) }
        for frame in frames {
            let item = ItemID(scene: scene.index, frame: frame)
            context.tally.record(item, context.record(item, failure, scene))
        }
    }
}
