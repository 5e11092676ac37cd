// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// The program that was built beside these tests.
enum EmbeddedProgram {
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("darkroom").path

    /// The backends that run as children of this process and have a word on their command line.
    static func children(with mark: String) -> [Int32] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
        return numbers.filter { number in
            guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
                let words = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
            else { return false }
            // Behind the name in brackets: state and parent.
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && Int32(fields[1]) == getpid() && words.contains(mark)
        }
    }
}
