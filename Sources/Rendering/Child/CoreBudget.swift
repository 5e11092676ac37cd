// SPDX-License-Identifier: Apache-2.0
import CSystemShim
import Foundation

/// How many cores this process may use.
public enum CoreBudget {
    /// The least of what the scheduler's affinity, the control group's quota and Slurm allow; at least 1.
    public static func available(environment: [String: String] = ProcessInfo.processInfo.environment) -> Int {
        let limits = [
            affinity(), quota(fileSystem: "/sys/fs/cgroup"), environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) },
        ]
        return max(1, limits.compactMap { $0 }.min() ?? 1)
    }

    /// Threads for each of `children` that share `cores`: as even as can be, at least 1 each.
    public static func shares(cores: Int, children: Int) -> [Int] {
        let children = max(1, children)
        return (0..<children).map { max(1, cores / children + ($0 < cores % children ? 1 : 0)) }
    }

    /// Cores that the scheduler lets this process run on.
    static func affinity() -> Int? {
        let count = Int(csystemshim_sched_getaffinity())
        return count > 0 ? count : nil
    }

    /// Whole cores of the control group's processor quota, rounded up; `nil` without one.
    ///
    /// Looks at version 2 (`cpu.max`: quota and period, or `max`) and version 1 below `fileSystem`.
    static func quota(fileSystem: String) -> Int? {
        func text(_ name: String) -> String? { try? String(contentsOfFile: "\(fileSystem)/\(name)", encoding: .utf8) }
        func cores(_ quota: Double?, _ period: Double?) -> Int? {
            guard let quota, let period, quota > 0, period > 0 else { return nil }
            let cores = (quota / period).rounded(.up)
            return cores < 1e6 ? max(1, Int(cores)) : nil
        }
        if let parts = text("cpu.max")?.split(whereSeparator: \.isWhitespace), parts.count == 2 {
            return cores(Double(parts[0]), Double(parts[1]))
        }
        func number(_ name: String) -> Double? {
            text(name).flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        return cores(number("cpu/cpu.cfs_quota_us"), number("cpu/cpu.cfs_period_us"))
    }
}
