// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite struct SHA256Tests {
    @Test(
        "the vectors of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]) func vectors(text: String, hex: String)
    {
        #expect(SHA256.hex(Array(text.utf8)) == hex)
    }

    @Test("a million letters") func million() {
        #expect(
            SHA256.hex([UInt8](repeating: 97, count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("pieces of any length give the same", arguments: [1, 7, 63, 64, 65, 257]) func pieces(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hash.update(bytes[start..<min(bytes.count, start + size)])
        }
        #expect(hash.finish() == SHA256.hash(bytes))
    }
}
