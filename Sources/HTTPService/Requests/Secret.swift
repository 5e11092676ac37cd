// SPDX-License-Identifier: Apache-2.0

/// A key, password, token or signature: printed, reflected or interpolated it shows nothing of itself.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What stands in a text where a secret was.
    public static let mask = "REDACTED"

    private let value: String

    public init(_ value: String) { self.value = value }

    /// The text itself, for the one place that puts it on the wire.
    public func reveal() -> String { value }

    /// Whether there is nothing to hide.
    public var isEmpty: Bool { value.isEmpty }

    public var description: String { Self.mask }
    public var debugDescription: String { Self.mask }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
