// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

extension JobSession {
    /// The session with the stores open that its job names; what has to be known of them is known then.
    ///
    /// - Throws: `JobError`; `CancellationError` when a signal comes.
    func opened() async throws -> JobSession {
        var session = self
        if let list = job.sources.list, !StoredFiles.holds(list) { try session.take(list: list) }
        guard stored == nil, StoredFiles.isNeeded(by: session.job) else { return session }
        let logger = TalkLog.logger(report.logLevel, format: report.logFormat)
        let files = try (stores ?? StoreFlags.parse([])).files(authorityFile: job.backend.ca, logger: logger)
        let resumes = job.run.resume && !run.force || run.prune
        let wanted = session.job
        session.job = try await Interruption.interruptible { try await files.open(wanted, resumes: resumes) }
        session.stored = files
        return session
    }

    /// Reads a list once; one that names objects of stores becomes paths of the job, so that the stores are asked.
    private mutating func take(list: String) throws {
        let bytes: [UInt8]
        if list == "-" {
            bytes = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
            standardInput = bytes
        } else {
            // What cannot be read is told when the job is planned.
            bytes = [UInt8](FileManager.default.contents(atPath: list) ?? Data())
        }
        let names = JobFile.Sources.names(in: bytes)
        guard names.contains(where: StoredFiles.holds) else { return }
        (job.sources.list, job.sources.paths) = (nil, job.sources.paths + names)
    }
}
