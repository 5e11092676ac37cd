// SPDX-License-Identifier: Apache-2.0

/// Writes OpenEXR files of float channels.
public enum EXREncoder {
    /// How scan lines are stored.
    public enum Compression: Int, Sendable, Hashable, CaseIterable {
        case none = 0
        /// Deflate over blocks of 16 lines.
        case zip = 3
    }

    /// Encodes planes of 32-bit floats.
    ///
    /// - Parameter channels: name and `width * height` samples each, rows from the top; "R", "G", "B", "A", "Z" have
    ///   the usual meaning, colour is linear and premultiplied.
    public static func encode(
        width: Int, height: Int, channels: [(name: String, samples: [Float])], compression: Compression = .zip
    ) throws(CodecError) -> [UInt8] { throw CodecError(.encoding, "Not there yet.") }
}
