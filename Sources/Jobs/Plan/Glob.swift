// SPDX-License-Identifier: Apache-2.0

/// A file pattern: `*`, `?`, `[a-z]` within a name, `**` across folders, `{a,b}` for a choice.
///
/// Letters match in either case, as `MODEL.OBJ` is a model too. A pattern without `/` matches names in any folder.
struct Glob: Sendable {
    private let alternatives: [[[UInt8]]]
    /// Whether the pattern asks for names that begin with a dot.
    let namesHidden: Bool

    init(_ pattern: String) {
        let rooted = pattern.contains("/") ? pattern : "**/" + pattern
        alternatives =
            pattern.isEmpty
            ? []
            : Self.braces(Array(rooted.lowercased().utf8)).map { path in
                path.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }.map(Array.init)
            }
        namesHidden = alternatives.joined().contains { $0.first == UInt8(ascii: ".") }
    }

    /// Whether a path, relative to the searched folder, fits the pattern.
    func matches(_ path: String) -> Bool {
        let names = path.lowercased().utf8.split(separator: UInt8(ascii: "/"))
        return alternatives.contains { Self.matches($0[...], names[...]) }
    }

    /// Whether everything below a folder fits the pattern.
    func coversFolder(_ path: String) -> Bool {
        let names = path.lowercased().utf8.split(separator: UInt8(ascii: "/"))
        return alternatives.contains { $0.last == Self.anyDepth && Self.matches($0[...], names[...]) }
    }

    private static let anyDepth = Array("**".utf8)

    private static func matches(_ pattern: ArraySlice<[UInt8]>, _ names: ArraySlice<Substring.UTF8View>) -> Bool {
        guard let first = pattern.first else { return names.isEmpty }
        let rest = pattern.dropFirst()
        if first == anyDepth {
            var tail = names
            while true {
                if matches(rest, tail) { return true }
                if tail.isEmpty { return false }
                tail = tail.dropFirst()
            }
        }
        guard let name = names.first else { return false }
        return matches(name: Array(name)[...], first[...]) && matches(rest, names.dropFirst())
    }

    /// Matches one name by going back to the last star only, which is enough and never exponential.
    private static func matches(name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var (n, p) = (name.startIndex, pattern.startIndex)
        var star: (pattern: Int, name: Int)?
        while n < name.endIndex {
            if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
                star = (p, n)
                p += 1
            } else if p < pattern.endIndex, let next = single(name[n], pattern, p) {
                (n, p) = (n + 1, next)
            } else if let back = star {
                star = (back.pattern, back.name + 1)
                (n, p) = (back.name + 1, back.pattern + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Where the pattern goes on after one byte of the name, or `nil` when it does not fit.
    private static func single(_ byte: UInt8, _ pattern: ArraySlice<UInt8>, _ p: Int) -> Int? {
        switch pattern[p] {
        case UInt8(ascii: "?"): return p + 1
        case UInt8(ascii: "["):
            guard let end = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { fallthrough }
            var set = pattern[(p + 1)..<end]
            let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
            if isNegated { set = set.dropFirst() }
            var isMember = false
            var i = set.startIndex
            while i < set.endIndex {
                if i + 2 < set.endIndex, set[i + 1] == UInt8(ascii: "-") {
                    isMember = isMember || (set[i] <= byte && byte <= set[i + 2])
                    i += 3
                } else {
                    isMember = isMember || set[i] == byte
                    i += 1
                }
            }
            return isMember != isNegated ? end + 1 : nil
        default: return pattern[p] == byte ? p + 1 : nil
        }
    }

    /// Writes out `{a,b}`; at most 4096 alternatives, beyond that the braces stand for themselves.
    static func braces(_ pattern: [UInt8]) -> [[UInt8]] {
        var done: [[UInt8]] = []
        var open = [pattern]
        while let next = open.popLast() {
            guard done.count + open.count < 4096, let choice = firstChoice(next) else {
                done.append(next)
                continue
            }
            let head = Array(next[..<choice.start])
            let tail = Array(next[choice.end...])
            for part in choice.parts.reversed() { open.append(head + part + tail) }
        }
        return done
    }

    private static func firstChoice(_ pattern: [UInt8]) -> (start: Int, end: Int, parts: [[UInt8]])? {
        guard let start = pattern.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        var depth = 0
        var parts: [[UInt8]] = [[]]
        for index in start..<pattern.count {
            let byte = pattern[index]
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return (start, index + 1, parts) }
            if byte == UInt8(ascii: ","), depth == 1 {
                parts.append([])
            } else if index != start {
                parts[parts.count - 1].append(byte)
            }
        }
        return nil
    }
}
