// SPDX-License-Identifier: Apache-2.0
import CPeers
import Foundation

/// How far the process's resident memory rises above what it held before.
struct MemoryProbe {
    private let idle: Int

    /// Gives freed memory back and starts counting anew; `nil` where the kernel does not let peaks be reset.
    init?() {
        peers_heap_trim()
        guard (try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))) != nil,
            let now = Self.bytes("VmRSS")
        else { return nil }
        idle = now
    }

    /// Bytes at the highest point since, above the idle process.
    func peak() -> Int? { Self.bytes("VmHWM").map { max(0, $0 - idle) } }

    private static func bytes(_ name: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
        }
        return nil
    }
}
