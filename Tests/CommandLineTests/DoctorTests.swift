// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@Suite struct DoctorTests {
    @Test("with nothing in the environment the doctor still looks at everything")
    func bareEnvironment() throws {
        var program = Program("doctor", "--json")
        program.environment = [:]
        let result = try program.run()
        #expect(result.code == 0, "\(result.talk)\(result.outputText)")
        #expect(result.talk.isEmpty)
        let object = try JSONValue(parsing: result.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(object["ready"] == true)
        let findings = try #require(object["findings"]?.arrayValue)
        let names = findings.compactMap { $0["name"]?.stringValue }
        for name in [
            "processor", "kernels", "threads", "memory", "libpng", "zlib", "libdeflate", "libjpeg-turbo",
            "libwebsockets", "Embree", "Assimp", "ffmpeg", "built-in renderer",
        ] {
            #expect(names.contains(name), "\(name) is not among \(names)")
        }
        for finding in findings where ["Embree", "Assimp", "libpng"].contains(finding["name"]?.stringValue) {
            #expect(finding["version"]?.stringValue?.contains(".") == true)
        }
    }

    @Test("a folder that cannot be written to is lacking, and the doctor goes on")
    func unwritable() throws {
        let result = try Program("doctor", "--output", "/proc/no-such-folder").run()
        #expect(result.outputText.contains("lacking  writing to /proc/no-such-folder"))
        #expect(result.outputText.contains("built-in renderer"))
    }

    @Test("a server that is not there is the remote's fault, named with what to do")
    func absentServer() throws {
        let result = try Program("doctor", "--backend", "127.0.0.1:1").run()
        #expect(result.code == 69, "\(result.talk)\(result.outputText)")
        #expect(result.outputText.contains("BROKEN   server 127.0.0.1:1"))
    }
}
