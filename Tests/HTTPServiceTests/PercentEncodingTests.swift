// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Testing

@Suite struct PercentEncodingTests {
    @Test(
        "segments, paths and queries are encoded as signatures need it",
        arguments: [
            ("a b/ü:%?#", "a%20b%2F%C3%BC%3A%25%3F%23", "a%20b/%C3%BC%3A%25%3F%23"), ("", "", ""),
            ("a+b=&~-._", "a%2Bb%3D%26~-._", "a%2Bb%3D%26~-._"),
        ])
    func encodes(text: String, segment: String, path: String) {
        #expect(PercentEncoding.segment(text) == segment)
        #expect(PercentEncoding.path(text) == path)
        #expect(PercentEncoding.decode(segment) == text)
        #expect(PercentEncoding.query([("x", text), ("y", "1")]) == "x=\(segment)&y=1")
    }

    @Test("every character comes back", arguments: ["\u{0}\u{7F}", "日本語 😀", "%41", "a\nb"])
    func roundTrip(text: String) {
        #expect(PercentEncoding.decode(PercentEncoding.segment(text)) == text)
    }

    @Test("broken escapes are no text", arguments: ["%", "%4", "%zz", "%ff"])
    func broken(text: String) { #expect(PercentEncoding.decode(text) == nil) }
}
