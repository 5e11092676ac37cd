// SPDX-License-Identifier: Apache-2.0

/// The memory that a container or service may use.
enum MemoryLimit {
    /// The smallest limit of this process's control groups in bytes, `nil` without one.
    static func current() -> Int? {
        limit(membership: MachineFacts.text("/proc/self/cgroup") ?? "") { MachineFacts.text($0) }
    }

    /// Reads the limits of version 2 and version 1 control groups, from the process's own group up to the root.
    static func limit(membership: String, read: (String) -> String?) -> Int? {
        var limits: [Int] = []
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isUnified = fields[1].isEmpty
            guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
            let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
            var group = fields[2] == "/" ? "" : String(fields[2])
            while true {
                if let text = read("\(root)\(group)/\(file)"),
                    let bytes = Int(text.filter { $0 != "\n" && $0 != " " })
                {
                    limits.append(bytes)
                }
                guard let slash = group.lastIndex(of: "/") else { break }
                group = String(group[..<slash])
            }
        }
        // Version 1 writes a number near the largest integer for 'no limit'.
        return limits.filter { $0 < 1 << 60 }.min()
    }
}
