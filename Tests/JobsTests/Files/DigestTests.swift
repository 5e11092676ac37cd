// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Jobs

@Suite struct DigestTests {
    @Test(
        "the vectors of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]) func sha256(text: String, hex: String)
    {
        #expect(Digest.hex(Digest.sha256(Array(text.utf8))) == hex)
    }

    @Test(
        "the vectors of RFC 1321",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("file:///home/jens/photos/me.png", "c6ee772d9e49320e97ec29a7eb5b1697"),
        ]) func md5(text: String, hex: String)
    {
        #expect(Digest.md5Hex(Array(text.utf8)) == hex)
    }

    @Test("a file read in pieces has the digest of its bytes", arguments: [0, 1, 7, 64, 257, 1 << 18, (1 << 18) + 1])
    func files(count: Int) throws {
        let place = try Workplace(models: [])
        let text = String(repeating: "x", count: count)
        try place.write("f", text)
        let state = InputState(name: "f", path: place.path("f"), kind: .content)
        #expect(state.state == Digest.hex(Digest.sha256(Array(text.utf8))))
        #expect(InputState(name: "f", path: place.path("gone"), kind: .content).state == "absent")
    }
}
