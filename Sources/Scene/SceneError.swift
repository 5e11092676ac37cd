// SPDX-License-Identifier: Apache-2.0

/// Why values do not make a scene.
public struct SceneError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: what is wrong and what to do.
    public var message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
