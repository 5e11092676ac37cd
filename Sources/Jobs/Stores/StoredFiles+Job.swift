// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization

extension StoredFiles {
    /// Whether a job names anything in a store.
    public static func isNeeded(by job: JobFile) -> Bool {
        let paths =
            [job.sources.root, job.ledger, job.sheet?.path, job.movie?.path, job.sources.list, job.scene.setup]
            + [job.report.json, job.report.junit, job.report.html, job.report.metrics, job.frames.path?.file]
            + job.sources.paths + job.scene.models.map(\.path) + job.effectiveOutputs.map(\.path)
        return paths.contains { $0.map(holds) ?? false }
    }

    /// Learns what a job has to know of its stores: sources, pictures in place, the ledger.
    ///
    /// - Parameter resumes: whether finished pictures are left alone, so that those in place have to be known.
    /// - Returns: the job with its ledger on this machine.
    /// - Throws: `JobError`, of code `usage` for files that have to be local; `CancellationError`.
    public func open(_ job: JobFile, resumes: Bool) async throws -> JobFile {
        for (key, path) in [
            ("scene.setup", job.scene.setup), ("sources.list", job.sources.list),
            ("frames.path.file", job.frames.path?.file),
        ] {
            if let path, Self.holds(path) {
                throw JobError(.usage, "\(key): \(path) has to be a file of this machine")
            }
        }
        do {
            try await listSources(of: job)
            if resumes { try await listOutputs(of: job) }
            var here = job
            if Self.holds(job.ledger) {
                let ledger = StoredLedger(address: ObjectName.folder(job.ledger), folder: "\(try makeScratch())/ledger")
                try await ledger.bring(self)
                self.ledger.withLock { $0 = ledger }
                here.ledger = ledger.folder
            }
            return here
        } catch let error as StoreError {
            throw JobError(error)
        }
    }

    private func listSources(of job: JobFile) async throws {
        for model in job.scene.models where Self.holds(model.path) { _ = try await look(model.path) }
        guard job.scene.models.isEmpty else { return }
        if job.sources.paths.isEmpty, job.sources.list == nil {
            if Self.holds(job.sources.root) { try await list(ObjectName.folder(job.sources.root)) }
            return
        }
        // Of many files of one folder, the folder is listed.
        let paths = job.sources.paths.filter(Self.holds)
        let folders = Dictionary(grouping: paths) { PathName.folder($0) }
        for (folder, names) in folders.sorted(by: { $0.key < $1.key }) where names.count > 8 {
            try await list(ObjectName.folder(folder))
        }
        for path in paths where known(path) == nil {
            // The list tells an object from a folder.
            try await list(path.hasSuffix("/") || PathName.fileExtension(path).isEmpty ? ObjectName.folder(path) : path)
        }
    }

    /// Lists what is there of the outputs, by the part of their paths that is the same for all.
    private func listOutputs(of job: JobFile) async throws {
        for output in job.effectiveOutputs where Self.holds(output.path) {
            let fixed = output.path.prefix { $0 != "{" }
            let start =
                fixed.count == output.path.count ? fixed : fixed[...(fixed.lastIndex(of: "/") ?? fixed.startIndex)]
            do {
                try await list(String(start))
            } catch let error as StoreError where error.code == .denied {
                var error = error
                error.message += " To find what is finished, pictures are listed; --no-resume does without."
                throw error
            }
        }
    }

    /// Puts the ledger back where it came from.
    ///
    /// - Throws: `StoreError`; `CancellationError`.
    func saveLedger() async throws {
        guard let ledger = ledger.withLock({ $0 }) else { return }
        try await ledger.save(self)
    }
}

extension JobError {
    /// What a store's error means for a job as a whole.
    init(_ error: StoreError) {
        let code: Code =
            switch error.code {
            case .badAddress: .usage
            case .noStore, .noObject, .badName: .input
            case .noCredentials, .file, .skewed: .environment
            default: .remote
            }
        self.init(code, Self.clause(error.message), underlying: error)
    }

    /// A sentence as jobs say it: without its full stop.
    static func clause(_ message: String) -> String { message.hasSuffix(".") ? String(message.dropLast()) : message }
}

extension ItemFailure {
    /// What a store's error means for an item.
    init(_ error: StoreError, stage: String) {
        let blame: Blame =
            switch error.code {
            case .noObject, .badName: .input
            case .noCredentials, .file, .skewed: .environment
            default: .remote
            }
        self.init(stage: stage, blame: blame, JobError.clause(error.message))
    }
}
