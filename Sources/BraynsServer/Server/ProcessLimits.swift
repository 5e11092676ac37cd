// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The system's limits of a process that is the backend.
struct ProcessLimits: Sendable {
    private let limits: BraynsServerOptions.Limits

    init(_ limits: BraynsServerOptions.Limits) { self.limits = limits }

    /// Sets the limits on processor time, open files and address space.
    ///
    /// Memory is watched by `ProcessWatch`, which ends with a sentence; an allocation that the system refuses ends
    /// without one. So the address space, of which more is taken than is held, is limited far above, for a growth
    /// that is faster than the watch.
    func apply() throws(BraynsServerError) {
        if let seconds = limits.cpuSeconds {
            // The soft limit sends a signal and leaves time for a last sentence; the hard one kills.
            try set(__rlimit_resource_t(RLIMIT_CPU.rawValue), "--cpu-limit", soft: seconds, hard: seconds + 5)
        }
        if let bytes = limits.memoryBytes {
            let (space, overflow) = bytes.multipliedReportingOverflow(by: 2)
            let most = overflow || space > Int.max - (1 << 30) ? Int.max : space + (1 << 30)
            try set(__rlimit_resource_t(RLIMIT_AS.rawValue), "--memory-limit", soft: most, hard: most)
        }
        if let files = limits.openFiles {
            try set(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), "--file-limit", soft: files, hard: files)
        }
    }

    private func set(
        _ resource: __rlimit_resource_t, _ option: String, soft: Int, hard: Int
    ) throws(BraynsServerError) {
        var limit = rlimit()
        getrlimit(resource, &limit)
        let most = limit.rlim_max
        limit.rlim_max = min(most, rlim_t(clamping: hard))
        limit.rlim_cur = min(limit.rlim_max, rlim_t(clamping: soft))
        guard setrlimit(resource, &limit) == 0 else {
            throw BraynsServerError(
                .environment, "The limit of \(option) cannot be set: \(String(cString: strerror(errno)))")
        }
    }
}
