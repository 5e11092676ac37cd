// SPDX-License-Identifier: Apache-2.0

/// A picture of a model file, still encoded: who draws it decodes it.
public struct Texture: Sendable, Hashable {
    /// Where it came from, for messages.
    public var name: String
    /// The file's bytes (PNG, JPEG …).
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
