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
            // Between 50 and 100 a real Brayns' quality jumps about (75 gives 25); ours rises.
            let allowed = suffix == "png" ? 1.5 : 2.5
            #expect(comparison.meanAbsoluteDifference <= allowed, "\(exchange): \(comparison)")
        }
        // Planes are packed in another way; up to that the head of the first part is the recorded one.
        if exchange.contains("gbuffers") {
            let theirs = try Fixtures.bytes("brayns/\(exchange)/response.payload.exr")
            let head = theirs.firstRange(of: Array("compression".utf8))?.lowerBound ?? theirs.count
            #expect(head < theirs.count && payload.prefix(head) == theirs.prefix(head))
        }
    }
}
