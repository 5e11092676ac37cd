// SPDX-License-Identifier: Apache-2.0

/// Names of objects taken apart as text.
public enum ObjectName {
    /// The longest part of a name that files can have here, in bytes; files on their way have longer names.
    private static let longestPart = 200

    /// A name as a path below a folder, which it cannot lead out of.
    ///
    /// - Throws: `StoreError` with `.badName` for an empty name, and for parts that no file can have: `.`, `..`, none,
    ///   one with a NUL, one of more than 200 bytes.
    public static func path(of name: String, in folder: String) throws(StoreError) -> String {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isFit = parts.allSatisfy {
            !$0.isEmpty && $0.count <= longestPart && !$0.contains(0) && !$0.elementsEqual(".".utf8)
                && !$0.elementsEqual("..".utf8)
        }
        guard isFit else {
            throw StoreError(
                .badName,
                "\"\(name.prefix(300))\" cannot be a file here: a part of the name is empty, of dots, or longer than "
                    + "\(longestPart) bytes; rename the object.")
        }
        return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The name of what an object calls `other`, beside itself; `nil` when that leads out of the store.
    public static func beside(_ name: String, _ other: String) -> String? {
        guard !other.hasPrefix("/") else { return nil }
        var parts = name.split(separator: "/").dropLast().map(String.init)
        for part in other.split(separator: "/") where part != "." {
            if part == ".." {
                if parts.popLast() == nil { return nil }
            } else {
                parts.append(String(part))
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// The name with a slash at its end, unless it is empty.
    public static func folder(_ name: String) -> String { name.isEmpty || name.hasSuffix("/") ? name : name + "/" }
}
