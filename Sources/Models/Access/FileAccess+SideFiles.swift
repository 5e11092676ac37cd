// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FileAccess {
    /// Looks for a file that a model names, next to the model.
    ///
    /// Tried in this order: the name as it stands; with percent escapes undone; with backslashes as slashes; in any
    /// case; and, for absolute paths of the machine that made the model or folders that are gone, its last parts. An
    /// absolute path itself is never opened, nor is anything fetched from a network.
    /// - Parameter folder: where the model lies; `nil` for a model that was uploaded, whose side files are all missing.
    func side(_ name: String, in folder: String?) -> SideFile {
        let lower = name.lowercased()
        if let scheme = lower.range(of: "://"), !lower.hasPrefix("file:") {
            return .refused("it lies on a network (\(lower[..<scheme.lowerBound])), and nothing is fetched")
        }
        guard let folder, !name.isEmpty, !name.utf8.contains(0) else { return .missing }
        var outside = false
        for (index, candidate) in FileAccess.candidates(name).enumerated() {
            guard let found = FileAccess.find(candidate, in: folder), let real = FileAccess.resolve(found.path) else {
                continue
            }
            guard isAllowed(real) else {
                outside = true
                continue
            }
            return .found(path: real, asNamed: index == 0 && found.isExact)
        }
        return outside ? .refused("it lies outside the folders that may be read (--root)") : .missing
    }

    /// Relative paths under which a name may be found, likeliest first.
    private static func candidates(_ name: String) -> [String] {
        var text = name
        if text.lowercased().hasPrefix("file://") { text = String(text.dropFirst(7)) }
        var result: [String] = []
        func add(_ path: String) {
            if !path.isEmpty, !isAbsolute(path), !result.contains(path) { result.append(path) }
        }
        let decoded = text.removingPercentEncoding ?? text
        add(text)
        add(decoded)
        for form in [text, decoded] {
            let slashed = form.replacingOccurrences(of: "\\", with: "/")
            add(slashed)
            let parts = slashed.split(separator: "/").filter { $0 != ".." && $0 != "." }
            for count in stride(from: min(4, parts.count), through: 1, by: -1) {
                add(parts.suffix(count).joined(separator: "/"))
            }
        }
        return result
    }

    private static func isAbsolute(_ path: String) -> Bool {
        if path.hasPrefix("/") || path.hasPrefix("\\") { return true }
        let start = path.utf8.prefix(2)
        return start.count == 2 && start.last == UInt8(ascii: ":")
    }

    /// The path below a folder, each part in the case in which it is on the disk.
    private static func find(_ relative: String, in folder: String) -> (path: String, isExact: Bool)? {
        let direct = folder + "/" + relative
        if access(direct, F_OK) == 0 { return (direct, true) }
        var place = folder
        for part in relative.split(separator: "/") where part != "." {
            if access(place + "/" + part, F_OK) == 0 {
                place += "/" + part
                continue
            }
            guard part != "..", let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
                return nil
            }
            // The first in the order of bytes, so that every run finds the same one.
            let matching = names.filter { $0.lowercased() == part.lowercased() }
            guard let match = matching.min(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) else {
                return nil
            }
            place += "/" + match
        }
        return (place, false)
    }
}
