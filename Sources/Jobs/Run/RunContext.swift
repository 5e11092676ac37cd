// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import JSONRPC
import Scene
import Synchronization

/// What all workers of a run share.
final class RunContext: Sendable {
    let plan: JobPlan
    let provider: any RendererProvider
    let options: JobRunner.Options
    let tally: Tally
    let ledger: Ledger
    let fingerprinter: Fingerprinter
    let finisher: Finisher
    let lanes: RendererLanes
    /// What brings models of stores here.
    let staging: Staging?
    private let reason = Mutex<ItemFailure?>(nil)
    private let setup: Result<[SceneRequest.SetupCall], JobError>

    /// - Parameter scenes: those with items to draw.
    init(runner: JobRunner, ledger: Ledger, scenes: [Int]) {
        (plan, provider, options, tally) = (runner.plan, runner.provider, runner.options, runner.tally)
        self.ledger = ledger
        let plan = runner.plan
        staging = plan.options.stored.flatMap { stored in
            scenes.contains { !plan.storedModels(of: plan.scenes[$0]).isEmpty }
                ? Staging(plan: plan, stored: stored) : nil
        }
        lanes = RendererLanes(count: runner.provider.capacity, areAlike: runner.provider.areAlike)
        fingerprinter = Fingerprinter(runner.plan)
        let places = runner.options.finishers ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        let device = runner.options.engine.map { engine in
            DevelopDevice(engine) { [tally = runner.tally] in tally.tell(.note($0)) }
        }
        finisher = Finisher(plan: runner.plan, ledger: ledger, tally: tally, places: places, device: device)
        setup = Result { () throws(JobError) in try SetupFile.load(runner.plan.file.scene.setup) }
    }

    /// Why items that nobody came to were not drawn; `nil` when the run was told to stop.
    var endReason: ItemFailure? {
        if let known = reason.withLock({ $0 }) { return known }
        guard tally.isOverLimit else { return nil }
        return ItemFailure(
            .interrupted, stage: "run", blame: .environment,
            "the run stopped before this item because too many others failed; --max-failures sets how many may")
    }

    /// Notes that no renderer can be had, which ends the run once all workers find it so.
    func noteUnavailable(_ failure: ItemFailure) { reason.withLock { $0 = $0 ?? failure } }

    /// A renderer came up after all.
    func noteAvailable() { reason.withLock { $0 = nil } }

    /// Writes down that an item came to nothing, so that whoever joins the shards' ledgers knows why.
    ///
    /// - Returns: the item's report.
    func record(_ item: ItemID, _ failure: ItemFailure, _ scene: SceneWork? = nil) -> ItemReport {
        var report = tally.report(item, failure)
        if failure.result == .interrupted { return report }
        let scene = scene ?? SceneWork(item.scene, context: self)
        let fingerprint = fingerprinter.fingerprint(frame: item.frame, inputs: scene.inputs)
        var record = LedgerRecord(key: plan.key(item), fingerprint: fingerprint, result: failure.result)
        (record.sideFiles, record.stage) = (scene.sideFiles, failure.stage)
        (record.cause, record.blame) = (failure.cause, failure.blame)
        report.isKnown = wasPassedOver(record)
        do throws(FileError) { try ledger.append(record) } catch {
            report.warnings.append("not recorded: \(error.message)")
        }
        return report
    }

    /// Whether an item that no run counts as tried, over a limit or of a format that is not there, was so before.
    private func wasPassedOver(_ record: LedgerRecord) -> Bool {
        guard record.result == .skippedByLimit || record.result == .unsupported else { return false }
        return ledger.records(record.key).contains {
            $0.result == record.result && $0.fingerprint == record.fingerprint
        }
    }

    /// Time for a backend to answer; one that has to start first gets three times as long.
    var connectTimeout: Duration? {
        plan.file.run.timeouts.connect.map { plan.file.backend.isOurs ? $0 * 3 : $0 }
    }

    /// What a renderer is to hold for a scene.
    ///
    /// - Parameter local: where a model's file lies.
    func request(_ scene: PlannedScene, local: (String) -> String = { $0 }) throws(JobError) -> SceneRequest {
        plan.request(scene, setup: try setup.get(), local: local)
    }

    /// The error of a run that could not even ask its backend.
    static func jobError(_ error: any Error) -> JobError {
        switch error {
        case let error as JobError: return error
        case let error as RendererError:
            let code: JobError.Code =
                switch error.blame {
                case .input, .unsupported: .input
                case .limits: .limits
                case .remote, .rendererLost: .remote
                case .environment: .environment
                }
            return JobError(code, error.message, underlying: error)
        case let error as DeadlineExceeded:
            return JobError(
                .remote,
                "the backend did not answer within \(Quantity.text(error.limit)); raise it with --timeout-connect, or look whether its --max-clients is used up",
                underlying: error)
        case is CancellationError: return JobError(.remote, "stopped before the backend answered")
        default: return JobError(.remote, "the backend cannot be used: \(error)", underlying: error)
        }
    }
}

extension JobPlan {
    /// Time that loading a scene may take.
    var loadTimeout: Duration? {
        switch file.run.timeouts.load {
        case .auto: file.backend.isOurs ? .seconds(600) : nil
        case .none: nil
        case .after(let limit): limit
        }
    }

    /// What a renderer is to hold for a scene.
    ///
    /// - Parameters:
    ///   - setup: the calls of the job's setup file.
    ///   - local: where a model's file lies.
    func request(
        _ scene: PlannedScene, setup: [SceneRequest.SetupCall], local: (String) -> String = { $0 }
    ) -> SceneRequest {
        let settings = file.scene
        var request = SceneRequest(models: settings.models.map { $0.request })
        if settings.models.isEmpty { request.models = [SceneRequest.Model(path: scene.source.path)] }
        for index in request.models.indices { request.models[index].path = local(request.models[index].path) }
        request.setup = setup
        request.existing = settings.existing
        request.maxTriangles = file.run.limits.triangles
        request.loadTimeout = loadTimeout
        return request
    }
}

extension JobFile.NamedModel {
    /// The model as renderers take it.
    var request: SceneRequest.Model {
        var model = SceneRequest.Model(path: path, loader: loader, properties: params, send: send)
        model.transform = transform == .identity ? nil : transform
        if var members = material?.objectValue, let name = members.removeValue(forKey: "name")?.stringValue {
            model.material = (name, .object(members))
        }
        if let colour {
            let light = RendererBackground.linear(colour)
            model.color = light
        }
        return model
    }
}

/// Further calls of a job, one JSON object a line: `{"method": "…", "params": …}`.
enum SetupFile {
    static func load(_ path: String?) throws(JobError) -> [SceneRequest.SetupCall] {
        guard let path else { return [] }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, limit: 256 << 20) } catch {
            throw JobError(.input, "scene.setup: \(error.message)", underlying: error)
        }
        var calls: [SceneRequest.SetupCall] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
            guard let call = try? JSONValue(parsing: line), let method = call["method"]?.stringValue else {
                throw JobError(
                    .input, "\(path):\(index + 1): each line is an object such as {\"method\": \"…\", \"params\": {}}")
            }
            calls.append(SceneRequest.SetupCall(method: method, parameters: call["params"]))
        }
        return calls
    }
}
