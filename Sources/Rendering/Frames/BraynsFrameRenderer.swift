// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Scene

/// Draws scenes on one backend.
///
/// Whatever fails on the way to the backend loses the renderer: the connection is dropped and a process of our own
/// killed, since nobody knows what state it is in.
actor BraynsFrameRenderer: FrameRenderer {
    nonisolated let session: BackendSession
    nonisolated let options: RenderingOptions
    /// What of the backend's scene was put there by this renderer.
    var held = HeldScene()
    /// What the backend was last told, so that only changes are sent.
    var told = ToldState()
    /// The state of a backend that was not started from here, to be put back.
    var found: FoundState?
    /// What of that state was changed.
    var touched: TouchedState = []
    /// What frames took so far.
    var speed = FrameSpeed()
    /// How the last frame was fetched.
    var lastMethod: FrameMethod?
    var isLost = false
    private var isClosed = false

    init(session: BackendSession, options: RenderingOptions) {
        (self.session, self.options) = (session, options)
    }

    /// Models, lights and frames that this renderer brought in.
    struct HeldScene {
        var models: [Int] = []
        /// What the USD stages among them have besides surfaces.
        var stages: [FlattenedStage] = []
        /// Lights of the files, which every frame has.
        var fileLights: [Light] = []
        /// Lights that the backend has from here, and their ids.
        var lights: [Light] = []
        var lightIDs: [Int] = []
        /// Whether models or lights of others are in the scene.
        var hasForeign = false
    }

    /// What the backend was told since the scene was prepared; `nil` is not known.
    struct ToldState: Equatable {
        var size: PixelSize?
        var view: View?
        var projection: Projection?
        var nearClip: Double?
        var region: CameraRegion?
        var renderer: RendererSettings?
        var simulationFrame: Int?
        /// Whether a picture was drawn since anything changed.
        var hasDrawn = false
    }

    func residentBytes() async -> Int? { session.process?.process.residentBytes }

    func close() async {
        guard !isClosed else { return }
        isClosed = true
        if isLost { return await session.abandon() }
        if session.process == nil { await leaveAsFound() }
        await session.end(grace: options.closeGrace)
    }

    /// Runs one stage with its deadline and turns what goes wrong into `RendererError`.
    func stage<Result: Sendable>(
        _ stage: String, of subject: String, within time: Duration?,
        _ work: (StageClock) async throws -> sending Result
    ) async throws -> Result {
        guard !isLost else { throw await lost(stage, subject, nil) }
        do {
            return try await work(StageClock(instance: session.instance, time: time))
        } catch let error as BraynsError where error.code == .connectionLost || error.code == .deadline {
            throw await lost(stage, subject, error)
        } catch let error as BraynsError {
            throw refusal(error, stage, subject)
        }
    }

    /// Drops the backend and says why it is lost.
    private func lost(_ stage: String, _ subject: String, _ error: BraynsError?) async -> RendererError {
        isLost = true
        let isLate = error?.code == .deadline
        if isLate { session.process?.kill() }
        await session.instance.disconnect()
        let obituary = await session.process?.obituary()
        let cause = isLate ? error?.message : obituary ?? error?.message
        session.process?.kill()
        return RendererError(
            .rendererLost, stage: stage,
            "\(subject): the renderer is lost while it \(stage)s: \(cause ?? session.name + " is gone")",
            underlying: error)
    }

    /// Blames the right party for an error answer.
    private nonisolated func refusal(_ error: BraynsError, _ stage: String, _ subject: String) -> RendererError {
        let answer = error.answer?.message ?? error.message
        let details = error.answer?.details ?? []
        let reason = answer + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))")
        // An answer that names the subject needs no introduction.
        let message = reason.contains(subject) ? reason : "\(subject): \(session.name) answered: \(reason)"
        return RendererError(Self.blame(error, stage), stage: stage, message, underlying: error)
    }

    static func blame(_ error: BraynsError, _ stage: String) -> RendererError.Blame {
        switch error.code {
        case .server: break
        case .file: return .input
        case .badArgument: return .limits
        default: return .remote
        }
        let code = error.answer?.code ?? 0
        let text = (error.answer?.message ?? "").lowercased()
        if code == -32601 || text.contains("not supported") || text.contains("could not find camera")
            || text.contains("unknown type name")
        {
            return .unsupported
        }
        // Limits of our own name their flag; a loader's "read limit was reached" is a broken file.
        if text.contains("--max-") || text.contains("out of memory") { return .limits }
        if stage == "load" { return code == -32602 ? .unsupported : .input }
        return .remote
    }
}

/// The backend with what is left of a stage's time.
struct StageClock: Sendable {
    private let base: BraynsInstance
    private let deadline: ContinuousClock.Instant?

    init(instance: BraynsInstance, time: Duration?) {
        (base, deadline) = (instance, time.map { ContinuousClock.now + $0 })
    }

    /// The backend for one request, which may take what time is left.
    var instance: BraynsInstance {
        remaining.map { base.withDeadline(max($0, .milliseconds(1))) } ?? base
    }

    /// The time that is left; `nil` without a deadline.
    var remaining: Duration? { deadline.map { $0 - .now } }
}
