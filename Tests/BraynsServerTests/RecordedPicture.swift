// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import TestFixtures
import Testing

/// A picture that a real Brayns drew, and how near ours has to come.
enum RecordedPicture {
    /// Compares the payload of an answer with that of a recorded exchange, where that has one.
    static func check(_ exchange: String, _ payload: [UInt8]) throws {
        // From exchange 93 on there are two cubes in one place: which of them a ray meets first is left to chance.
        guard (exchange.split(separator: "-").first.flatMap { Int($0) } ?? 0) < 93 else { return }
        for suffix in ["png", "jpg"] {
            let path = "brayns/\(exchange)/response.payload.\(suffix)"
            guard FileManager.default.fileExists(atPath: Fixtures.url(path).path) else { continue }
            #expect(ImageFormat.detect(payload) == (suffix == "png" ? .png : .jpeg), "\(exchange)")
            let ours = try ImageDecoder.decode(payload)
            let theirs = try ImageDecoder.decode(try Fixtures.bytes(path))
            #expect(ours.width == theirs.width && ours.height == theirs.height, "\(exchange)")
            #expect(ours.format == theirs.format, "\(exchange)")
            let comparison = try PixelBuffer.compare(ours, theirs)
            // Two JPEG encoders differ in tables and subsampling.
            let allowed = suffix == "png" ? 1.5 : 2.5
            #expect(comparison.meanAbsoluteDifference <= allowed, "\(exchange): \(comparison)")
        }
        if exchange.contains("gbuffers") { #expect(Array(payload.prefix(4)) == [0x76, 0x2f, 0x31, 0x01]) }
    }
}
