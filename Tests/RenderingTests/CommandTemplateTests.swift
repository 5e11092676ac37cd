// SPDX-License-Identifier: Apache-2.0
import Jobs
import Testing

@testable import Rendering

@Suite struct CommandTemplateTests {
    @Test(
        "splits a command as a shell does and fills the address in",
        arguments: [
            ("braynsService --uri {uri} --plugin x", ["braynsService", "--uri", "h:1", "--plugin", "x"]),
            ("  a\t'b c' \"d 'e'\" --uri={uri}  ", ["a", "b c", "d 'e'", "--uri=h:1"]),
            (#"a\ b '' "\"" {uri}{uri}"#, ["a b", "", "\"", "h:1h:1"]),
            (#"'a\b' {uri}"#, [#"a\b"#, "h:1"]),
        ])
    func splits(text: String, words: [String]) throws {
        #expect(try CommandTemplate(text).filled(uri: "h:1") == words)
    }

    @Test("refuses what cannot be started", arguments: ["", "   ", "braynsService", "a 'b {uri}", "a {uri} \\"])
    func refuses(text: String) {
        let error = #expect(throws: RendererError.self) { try CommandTemplate(text) }
        #expect(error?.blame == .environment && error?.message.isEmpty == false)
    }

    @Test(
        "names files as the backend does",
        arguments: [
            ("/data/a.obj", "/mnt/a.obj"), ("/data/deep/b.obj", "/other/b.obj"), ("/database/c.obj", "/database/c.obj"),
            ("/data", "/mnt"), ("relative", "relative"),
        ])
    func mapping(local: String, remote: String) {
        let map: [RenderingOptions.PathMapping] = [
            .init(local: "/data", remote: "/mnt"), .init(local: "/data/deep/", remote: "/other"),
        ]
        #expect(map.remotePath(local) == remote)
    }
}
