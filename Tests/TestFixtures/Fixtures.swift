// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where the tests' own files lie: `Tests/Fixtures` of this checkout.
public enum Fixtures {
    /// The folder itself.
    public static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// The root of the checkout, for tests that need `Samples/` or the built program.
    public static let repository = folder.deletingLastPathComponent().deletingLastPathComponent()

    /// A file or folder below `Tests/Fixtures`.
    public static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

    /// The bytes of a file below `Tests/Fixtures`.
    public static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path))) }
}
