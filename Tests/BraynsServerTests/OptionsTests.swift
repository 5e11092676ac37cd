// SPDX-License-Identifier: Apache-2.0
import Logging
import Testing

@testable import BraynsServer

@Suite struct OptionsTests {
    private func read(_ line: String) throws -> BraynsServerOptions {
        try BraynsServerOptions(braynsArguments: line.split(separator: " ").map(String.init))
    }

    @Test("the command line that the Python client starts a service with is read")
    func python() throws {
        let options = try read(
            """
            --uri 127.0.0.1:5000 --max-clients 3 --log-level warn --plugin braynsCircuitExplorer \
            --plugin braynsAtlasExplorer --plugin braynsCylindricCamera --plugin braynsDTI \
            --plugin braynsMoleculeExplorer
            """)
        #expect(options.host == "127.0.0.1" && options.port == 5000 && options.maxClients == 3)
        #expect(options.plugins == BraynsServerOptions.knownPlugins && options.logLevel == .warning)
        #expect(options.ownsProcess && options.roots == nil && options.viewport == (800, 600))
    }

    @Test("port 0 and the parent's descriptors are read")
    func child() throws {
        let options = try read(
            """
            --uri 127.0.0.1:0 --report-fd 3 --lifeline-fd 4 --secret-fd 5 --root /a --root /b --threads 2 \
            --memory-limit 4G --cpu-limit 600 --file-limit 128 --max-bytes 10M --max-triangles 1000 --max-pixels 99 \
            --expect-samples 65536
            """)
        #expect(options.port == 0 && options.roots == ["/a", "/b"] && options.threads == 2)
        #expect(options.reportDescriptor == 3 && options.lifelineDescriptor == 4 && options.secretDescriptor == 5)
        #expect(options.limits.memoryBytes == 4 << 30 && options.limits.cpuSeconds == 600)
        #expect(options.limits.openFiles == 128 && options.limits.modelBytes == 10 << 20)
        #expect(options.limits.triangles == 1000 && options.limits.pixels == 99 && options.expectedSamples == 65_536)
    }

    @Test(
        "a viewport is one word or two",
        arguments: [["800 600"], ["800x600"], ["800", "600"]])
    func viewport(words: [String]) throws {
        let options = try BraynsServerOptions(
            braynsArguments: ["--uri", "[::1]:0", "--window-size"] + words + ["--client=false"])
        #expect(options.viewport == (800, 600) && options.host == "::1")
    }

    @Test("TLS needs its two files")
    func tls() throws {
        let options = try read("--uri h:1 --secure true --certificate-file c --private-key-file k")
        #expect(options.isSecure && options.tls == .init(certificateFile: "c", privateKeyFile: "k"))
        #expect(throws: BraynsServerError.self) { try read("--uri h:1 --secure true --certificate-file c") }
        #expect(try read("--uri h:1 --client true --secure").isSecure)
    }

    @Test("help is no failure")
    func help() throws {
        let error = #expect(throws: BraynsServerError.self) { try read("--uri h:1 --help") }
        #expect(error?.code == .help && error?.exitStatus == 0 && error?.message.contains("--lifeline-fd") == true)
    }

    @Test(
        "what cannot be done ends with 1 and a sentence that names the option",
        arguments: [
            ("", "--uri"), ("--uri", "--uri"), ("--uri nowhere", "nowhere"), ("--uri h:99999", "99999"),
            ("--uri http://h:1", "http"), ("--uri h:1 --zzz 1", "--zzz"), ("h:1", "h:1"), ("--uri h:1 --", "--"),
            ("--uri h:1 --max-clients 0", "--max-clients"), ("--uri h:1 --max-clients two", "two"),
            ("--uri h:1 --plugin braynsNope", "braynsNope"), ("--uri h:1 --log-level loud", "loud"),
            ("--uri h:1 --window-size 63x64", "63x64"), ("--uri h:1 --window-size 64", "64"),
            ("--uri h:1 --secure maybe", "maybe"), ("--uri h:1 --memory-limit 9999999T", "9999999T"),
            ("--uri h:1 --memory-limit -1", "-1"), ("--uri h:1 --reconnection-period 0", "0"),
            ("--uri h:1 --help=yes", "help"), ("--uri h:1 --max-pixels 99999999999999999999", "--max-pixels"),
        ])
    func refused(line: String, names: String) throws {
        let error = #expect(throws: BraynsServerError.self) { try read(line) }
        let isHelp = error?.code == .help
        #expect(isHelp || (error?.code == .usage && error?.exitStatus == 1))
        #expect(error?.message.contains(names) == true)
    }
}
