// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Holds the Swift of a documentation page against the test that runs it.
public enum DocumentedExample {
    /// The first line of a page's Swift that a test does not have, or not in that order; `nil` when it has all of them.
    ///
    /// Swift is what stands in blocks of it, and in the last column of tables headed by its name. Indentation, blank
    /// lines and imports do not count.
    ///
    /// - Parameters:
    ///   - page: the page's path in the repository.
    ///   - test: the test's source: `#filePath`.
    ///   - except: beginnings of lines that a test has in another form, such as addresses and paths.
    public static func strayLine(of page: String, in test: String, except: [String] = []) throws -> String? {
        let code = swift(in: try text(Fixtures.repository.appendingPathComponent(page)))
        guard !code.isEmpty else { return "\(page) has no Swift" }
        var rest = try text(URL(fileURLWithPath: test)).map { $0.trimmingCharacters(in: .whitespaces) }[...]
        for line in code where !except.contains(where: line.hasPrefix) {
            guard let place = rest.firstIndex(of: line) else { return line }
            rest = rest[(place + 1)...]
        }
        return nil
    }

    private static func text(_ url: URL) throws -> [String] {
        try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    }

    private static func swift(in page: [String]) -> [String] {
        var lines: [String] = []
        var (isCode, isTable) = (false, false)
        for line in page {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("```") {
                isCode = line == "```swift"
            } else if line.hasSuffix("| Swift |") || isTable && line.hasPrefix("|") {
                isTable = true
                let parts = line.split(separator: "`")
                if line.hasSuffix("` |"), parts.count > 2 { lines.append(String(parts[parts.count - 2])) }
            } else if isCode, !line.isEmpty, !line.hasPrefix("import ") {
                lines.append(line)
            } else {
                isTable = false
            }
        }
        return lines
    }
}
