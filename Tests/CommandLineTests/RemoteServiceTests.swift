// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

/// `darkroom remote` against `darkroom serve --remote-rendering`, both as users run them.
@Suite struct RemoteServiceTests {
    private static let (input, output) = (ServiceProgram.input, ServiceProgram.output)
    private static let certificate = ServiceProgram.certificate

    @discardableResult
    private func withService(
        overTLS: Bool = false, _ body: (_ folder: URL, _ remote: ([String]) throws -> Program.Result) throws -> Void
    ) throws -> String {
        try ServiceProgram.with(overTLS: overTLS) { try body($0.folder, $0.remote) }
    }

    @Test("assets are converted, listed and shown; what fails has the input's code")
    func conversions() throws {
        let talk = try withService { folder, remote in
            let places = ["--input", Self.input, "--input-prefix", "models", "--output", Self.output]
            let quick = ["--interval", "50ms"]
            let made = try remote(["convert", "box.ply", "--id", "c1"] + places + quick)
            #expect(made.code == 0, "\(made.talk)")
            #expect(made.outputText.hasPrefix("c1  Succeeded  "))
            #expect(made.outputText.contains("\(Self.output)/box.arrAsset"))
            let asset = try Data(contentsOf: folder.appendingPathComponent("out/box.arrAsset"))
            #expect(asset.starts(with: Data("glTF".utf8)))
            let failed = try remote(["convert", "missing.ply", "--id", "c2"] + places + quick)
            #expect(failed.code == 65 && failed.outputText.contains("c2  Failed  "))
            #expect(failed.talk.contains("ConversionProcessFailed"))
            let other = try remote(["convert", "another.ply", "--id", "c1"] + places)
            #expect(other.code == 69 && other.talk.contains("409") && other.output.isEmpty)
            let list = try remote(["conversions"])
            #expect(list.outputText.split(separator: "\n").map { $0.prefix(2) } == ["c1", "c2"])
            let shown = try remote(["conversions", "c1", "--wait", "--json"])
            #expect(try JSONValue(parsing: shown.outputText)["status"] == "Succeeded")
            for text in [made, failed, other, list, shown].map({ $0.talk + $0.outputText }) {
                #expect(!text.contains("planted"))
            }
        }
        #expect(!talk.contains("planted"), "\(talk)")
    }

    @Test("over TLS, tokens come from the same address, and a certificate nobody vouches for is refused")
    func overTLS() throws {
        try withService(overTLS: true) { _, remote in
            let trusted = try remote(["conversions", "--ca", Self.certificate])
            #expect(trusted.code == 0 && trusted.output.isEmpty, "\(trusted.talk)")
            let unknown = try remote(["conversions"])
            #expect(unknown.code == 69 && unknown.talk.contains("vouches for its certificate"), "\(unknown.talk)")
            let absent = try remote(["conversions", "--ca", "no/such.pem"])
            #expect(absent.code == 71 && absent.talk.contains("no/such.pem"))
        }
    }

    @Test("sessions start, are extended and stop")
    func sessions() throws {
        try withService { _, remote in
            let started = try remote(["session", "create", "--id", "s1", "--lease", "10", "--interval", "100ms"])
            #expect(started.code == 0, "\(started.talk)")
            #expect(started.outputText.hasPrefix("s1  Ready  Standard  10 of 10 min left  127.0.0.1:"))
            #expect(try remote(["session", "list"]).outputText.hasPrefix("s1  Ready"))
            #expect(try remote(["session", "extend", "s1", "--by", "20"]).outputText.contains("of 30 min left"))
            let left = try remote(["session", "extend", "s1", "--when-fewer-than", "2"])
            #expect(left.code == 0 && left.outputText.contains("of 30 min left"))
            let shorter = try remote(["session", "extend", "s1", "--lease", "5"])
            #expect(shorter.code == 69 && shorter.talk.contains("422"))
            #expect(try remote(["session", "stop", "s1"]).code == 0)
            #expect(try remote(["session", "list"]).output.isEmpty)
            let ended = try remote(["session", "show", "s1", "--wait"])
            #expect(ended.code == 69 && ended.outputText.hasPrefix("s1  Stopped") && ended.talk.contains("stopped"))
            let none = try remote(["session", "stop", "none"])
            #expect(none.code == 69 && none.talk.contains("404"))
        }
    }
}
