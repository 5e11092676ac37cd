// SPDX-License-Identifier: Apache-2.0

/// Paths taken apart as text; no file is looked at.
enum PathName {
    /// All but the last component; empty when there is only one.
    static func folder(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        let head = path[..<slash]
        return head.isEmpty ? "/" : String(head)
    }

    /// The last component.
    static func last(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// The last component's extension, as written, without the dot; empty when there is none.
    static func fileExtension(_ path: String) -> String {
        let name = last(path)
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return "" }
        return String(name[name.utf8.index(after: dot)...])
    }

    /// The last component without its extension.
    static func stem(_ path: String) -> String {
        let (name, ending) = (last(path), fileExtension(path))
        return ending.isEmpty ? name : String(name.dropLast(ending.count + 1))
    }

    static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || folder == "." || name.hasPrefix("/") { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// The path without `.`, empty components and those `..` that have something to take back.
    static func normalized(_ path: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }
}
