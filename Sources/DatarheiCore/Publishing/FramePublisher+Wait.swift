// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

extension FramePublisher {
    /// Looks in a row that may find a stream failed which is begun anew: its picture may have been half written.
    private static let toleratedFailures = 10

    /// Waits until the film is there, or the stream can be played.
    ///
    /// - Parameter count: frames of the film, for the progress.
    /// - Throws: `PublishError`, with what ffmpeg said, when the process fails or takes too long.
    public func film(of count: Int) async throws -> PublishedFilm {
        let start = clock.uptime()
        var failures = 0
        while true {
            let state = try await core.processState(plan.id)
            if let frame = state.progress?.frame.flatMap({ Int(exactly: $0.rounded(.down)) }), frame > 0 {
                let whole = plan.film == .mp4 ? count : nil
                options.progress(.encoded(min(frame, whole ?? .max), of: whole))
            }
            failures = [.failed, .killed].contains(state.exec) ? failures + 1 : 0
            if failures > (plan.way == .picture && !state.isOver ? Self.toleratedFailures : 0) {
                throw await failure(state)
            }
            if let film = try await finished(state, count) { return film }
            guard clock.uptime() - start < options.patience else {
                throw PublishError(
                    .timedOut,
                    "Process \(plan.id) of \(core.endpoint) is \(state.exec.rawValue) and made no "
                        + "\(plan.film == .mp4 ? "film" : "playlist") within \(options.patience.components.seconds) s.",
                    log: await log())
            }
            try await clock.sleep(options.interval)
        }
    }

    /// The film, once it is whole; the stream, once it has a playlist.
    private func finished(_ state: CoreProcessState, _ count: Int) async throws -> PublishedFilm? {
        switch plan.film {
        case .mp4:
            guard state.isOver else { return nil }
            let files = try await core.files(in: plan.filmStorage, CoreFileQuery(glob: plan.filmPath))
            guard let size = files.first(where: { $0.name == plan.filmPath })?.sizeBytes, size > 0 else {
                throw await failure(state)
            }
            options.progress(.encoded(count, of: count))
            return PublishedFilm(address: try await address(), size: size, process: plan.id)
        case .hls:
            guard state.exec == .running, try await core.hasFile(plan.filmPath, in: plan.filmStorage) else {
                return nil
            }
            return PublishedFilm(address: try await address(), process: plan.id)
        }
    }

    /// Where players find the film: below the mount of its file system, outside the API.
    private func address() async throws -> String {
        let storage = try await core.fileSystems().first { $0.name == plan.filmStorage }
        var mount = storage?.mount ?? (plan.filmStorage == "mem" ? "/memfs" : "/")
        while mount.hasSuffix("/") { mount.removeLast() }
        return core.endpoint.description + mount + plan.filmPath
    }

    private func failure(_ state: CoreProcessState) async -> PublishError {
        let outcome =
            switch state.exec {
            case .finished: "ended without a film"
            case .killed: "was killed"
            default: state.exec.rawValue
            }
        let said = state.lastLogline.map { PublishError.shown($0) } ?? ""
        return PublishError(
            .failed, "Process \(plan.id) of \(core.endpoint) \(outcome)\(said.isEmpty ? "." : ": \(said)")",
            log: await log())
    }

    /// The last lines of the process's report, as far as they can be had.
    private func log() async -> [String] {
        guard let report = try? await core.processReport(plan.id) else { return [] }
        return (report.log ?? []).suffix(20).map { PublishError.shown($0.text) }
    }
}
