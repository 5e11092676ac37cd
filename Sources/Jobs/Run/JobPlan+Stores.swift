// SPDX-License-Identifier: Apache-2.0
import Stores

extension JobPlan {
    /// Learns what the check of finished work asks of stores.
    ///
    /// - Returns: the fingerprints of pictures that had to be opened.
    func prepareCheck(
        _ options: JobRunner.Options, records: (String) -> [LedgerRecord]
    ) async throws(JobError) -> [String: Fingerprint] {
        guard let stored = self.options.stored, file.run.resume, !options.isForced else { return [:] }
        do {
            return try await stored.prepareCheck(self, verifies: options.verifies, records: records)
        } catch {
            throw Self.jobError(error)
        }
    }

    /// Puts a ledger that lies in a store back there.
    ///
    /// - Parameter limit: the time that it may take; what it could not put, the next run finds by the pictures.
    func saveLedger(within limit: Duration? = nil) async throws(JobError) {
        guard let stored = options.stored else { return }
        do { try await Deadline.run(limit) { try await stored.saveLedger() } } catch {
            throw Self.jobError(error, "the ledger: ")
        }
    }

    private static func jobError(_ error: any Error, _ prefix: String = "") -> JobError {
        guard let error = error as? StoreError else {
            return JobError(.remote, "\(prefix)stopped before stores had answered", underlying: error)
        }
        var job = JobError(error)
        job.message = prefix + job.message
        return job
    }
}
