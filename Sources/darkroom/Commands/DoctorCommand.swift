// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Diagnostics
import Foundation
import HTTPService
import JSONRPC
import Jobs
import Logging
import WebSocket

/// `darkroom doctor`: what is there and what is missing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what is present and what is missing, and draws a test picture.",
        discussion: """
            Exit code \(Jobs.ExitCode.environment.rawValue) when rendering cannot work here, \
            \(Jobs.ExitCode.remote.rawValue) when a server named with --backend, or a store, does not answer as it should.
            """)

    @Argument(help: ArgumentHelp("Stores to ask, s3://bucket/… or az://account/container/….", valueName: "store"))
    var stores: [String] = []

    @Option(
        help: ArgumentHelp(
            "Ask a server for its version, loaders and round trip; may be given several times (default: none).",
            valueName: "host:port"))
    var backend: [String] = []

    @Option(
        help: ArgumentHelp(
            "Certificates that a wss:// server is checked against (default: the system's).", valueName: "file"))
    var ca: String?

    @Flag(help: "Accept any certificate of a wss:// server (default: refuse what cannot be verified).")
    var insecure = false

    @Option(
        help: ArgumentHelp("Time that a server may take to answer (default: 10s).", valueName: "time"),
        transform: FlagValue.duration)
    var timeoutConnect: Setting<Duration>?

    @Option(
        help: ArgumentHelp(
            "Where pictures are to go: a folder, or a store, where a small object is put and taken away (default: the "
                + "working folder).", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The Python that USD stages are to be read with (default: $DARKROOM_PYTHON, else python3).",
            valueName: "program"))
    var python: String?

    @OptionGroup(title: "Stores") var storeFlags: StoreFlags

    @Flag(help: "Print one JSON object (default: lines of text).")
    var json = false

    func validate() throws {
        if let path = stores.first(where: { !StoredFiles.holds($0) }) {
            throw ValidationError("\(path) is no store: s3://… or az://…; name a folder with --output.")
        }
        if ca != nil, insecure { throw ValidationError("--ca and --insecure exclude each other.") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let place = output.flatMap { StoredFiles.holds($0) ? nil : $0 } ?? FileManager.default.currentDirectoryPath
        let folders = [place, NSTemporaryDirectory()]
        let doctor = Doctor(folders: folders, searchPath: environment["PATH"] ?? "/usr/bin:/bin")
        var findings = doctor.examine()
        findings.append(await doctor.stages(python: python))
        findings.append(await SelfTest().run())
        var servers: [Finding] = []
        let timeout = timeoutConnect.map(\.value) ?? .seconds(10)
        for address in backend {
            let inquiry = ServerInquiry(
                address: address, tls: WebSocketTLS(caFile: ca, allowsInsecure: insecure),
                timeout: timeout ?? .seconds(3600))
            servers.append(await inquiry.run())
        }
        let inquiry = StoreInquiry(opener: try storeFlags.opener(authorityFile: ca, logger: .silent))
        for store in stores { servers.append(await inquiry.read(store)) }
        if let output, StoredFiles.holds(output) { servers.append(await inquiry.write(output)) }
        try StandardStreams.print(json ? Self.json(findings, servers) : Self.text(findings + servers))
        if findings.contains(where: { $0.state == .broken }) { throw CommandFailure(.environment, "") }
        if servers.contains(where: { $0.state == .broken }) { throw CommandFailure(.remote, "") }
    }

    static func json(_ findings: [Finding], _ servers: [Finding]) -> String {
        let all = findings + servers
        let object: JSONValue = [
            "version": .string(ProgramVersion.text), "ready": .bool(!findings.contains { $0.state == .broken }),
            "findings": .array(findings.map(\.json)), "backends": .array(servers.map(\.json)),
            "lacking": .array(all.filter { $0.state == .lacking }.map { .string($0.name) }),
            "broken": .array(all.filter { $0.state == .broken }.map { .string($0.name) }),
        ]
        return object.serialized()
    }

    static func text(_ findings: [Finding]) -> String {
        var lines = ["darkroom \(ProgramVersion.text)"]
        let width = findings.map(\.name.count).max() ?? 0
        for finding in findings {
            let mark =
                switch finding.state {
                case .good: "ok      "
                case .lacking: "lacking "
                case .broken: "BROKEN  "
                }
            let name = finding.name + String(repeating: " ", count: width - finding.name.count)
            lines.append("\(mark) \(name)  \(finding.detail)")
            if !finding.advice.isEmpty { lines.append(String(repeating: " ", count: 11 + width) + finding.advice) }
        }
        return lines.joined(separator: "\n")
    }
}
