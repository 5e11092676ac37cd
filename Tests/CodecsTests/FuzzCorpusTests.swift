// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import TestFixtures
import Testing

@testable import Codecs

/// What `make fuzz` has found worth keeping: small broken files that each go another way through a decoder.
@Suite struct FuzzCorpusTests {
    private static let limits = ImageLimits(pixels: 1 << 20, extent: 1 << 14, bytes: 1 << 23)

    @Test("every kept case is decoded within the limits or refused for a reason")
    func replay() throws {
        let folder = Fixtures.url("images/fuzz")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        var (decoded, refused) = (0, 0)
        for name in names where !name.hasSuffix(".md") {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            do {
                let image = try ImageDecoder.decode(bytes, limits: Self.limits)
                #expect(image.byteCount <= Self.limits.bytes, "\(name)")
                decoded += 1
            } catch {
                #expect(!error.message.isEmpty, "\(name)")
                refused += 1
            }
            _ = try? ImageDecoder.decode(bytes, atLeastWidth: 3, height: 3, limits: Self.limits)
            _ = try? PNGText.read(from: bytes, maxBytes: 1 << 16)
        }
        #expect(decoded > 0 && refused > 0)
    }
}
