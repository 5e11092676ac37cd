// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the machine is, for reports and for comparing timings.
public struct MachineFacts: Sendable, Hashable, Codable {
    /// The processor as it names itself.
    public var cpu: String
    /// Instruction sets beyond the baseline that matter here, such as `avx2` and `avx512f`.
    public var features: [String]
    /// The architecture programs are built for, such as `x86_64`.
    public var architecture: String
    /// Processors that the machine has online.
    public var processors: Int
    /// Bytes of memory in the machine; `nil` where it does not tell.
    public var memoryBytes: Int?
    /// Bytes that can still be had without swapping; `nil` where the machine does not tell.
    public var availableBytes: Int?
    /// The operating system and its release.
    public var system: String
    /// The kernel's release.
    public var kernel: String

    /// Looks at the machine this process runs on.
    public static func current() -> MachineFacts {
        let cpuinfo = text("/proc/cpuinfo") ?? ""
        let meminfo = text("/proc/meminfo") ?? ""
        return MachineFacts(
            cpu: value(of: "model name", in: cpuinfo) ?? value(of: "CPU part", in: cpuinfo) ?? "unknown",
            features: features(in: cpuinfo), architecture: architecture,
            processors: ProcessInfo.processInfo.processorCount,
            memoryBytes: kibibytes("MemTotal", in: meminfo), availableBytes: kibibytes("MemAvailable", in: meminfo),
            system: prettyName(in: text("/etc/os-release") ?? "") ?? "unknown",
            kernel: (text("/proc/sys/kernel/osrelease") ?? "unknown").trimmingCharacters(in: .whitespacesAndNewlines))
    }

    static let wanted = ["sse4_2", "avx", "avx2", "fma", "bmi2", "avx512f", "avx512bw", "avx512vl", "asimd", "sve"]

    static func features(in cpuinfo: String) -> [String] {
        let line = value(of: "flags", in: cpuinfo) ?? value(of: "Features", in: cpuinfo) ?? ""
        let present = Set(line.split(separator: " ").map(String.init))
        return wanted.filter(present.contains)
    }

    /// The text after the colon of the first line that begins with `key`.
    static func value(of key: String, in text: String) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix(key) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else { continue }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    static func kibibytes(_ key: String, in meminfo: String) -> Int? {
        guard let number = value(of: key, in: meminfo)?.split(separator: " ").first.flatMap({ Int($0) }) else {
            return nil
        }
        let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: 1024)
        return isTooLarge ? nil : bytes
    }

    static func prettyName(in osRelease: String) -> String? {
        for line in osRelease.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
            return line.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
        }
        return nil
    }

    /// The whole text of a file that does not know its own size, as those of the kernel.
    static func text(_ path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        var data = Data()
        while let piece = try? handle.read(upToCount: 1 << 16), !piece.isEmpty { data += piece }
        return String(decoding: data, as: UTF8.self)
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "other"
        #endif
    }
}
