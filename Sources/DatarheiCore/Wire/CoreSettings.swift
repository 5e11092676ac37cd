// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A Core's settings as a tree, of which any part can be read, changed and sent back.
///
/// They hold passwords in clear text, so printing shows only the names at the top.
///
/// ```swift
/// var change = CoreSettings()
/// change["log.max_lines"] = 900
/// try await client.setConfiguration(change)
/// try await client.reloadConfiguration()
/// ```
public struct CoreSettings: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The form of the settings that this client speaks; Core refuses settings that do not say it.
    public static let version: Int64 = 3

    public var value: JSONValue

    /// Nothing but the version.
    public init() { self.init(["version": .int(Self.version)]) }

    public init(_ value: JSONValue) { self.value = value }

    /// The setting of a dotted name such as `ffmpeg.log.max_lines`; `nil` removes it.
    public subscript(name: String) -> JSONValue? {
        get { name.split(separator: ".").reduce(Optional(value)) { $0?[String($1)] } }
        set { value = Self.setting(newValue, at: name.split(separator: ".").map(String.init)[...], in: value) }
    }

    private static func setting(_ new: JSONValue?, at path: ArraySlice<String>, in tree: JSONValue) -> JSONValue {
        guard let name = path.first else { return new ?? .null }
        var members = tree.objectValue ?? [:]
        let rest = path.dropFirst()
        members[name] = rest.isEmpty ? new : setting(new, at: rest, in: members[name] ?? .object([:]))
        return .object(members)
    }

    public var description: String {
        "CoreSettings(\((value.objectValue ?? [:]).keys.sorted().joined(separator: ", ")))"
    }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
