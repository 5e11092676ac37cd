// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Diagnostics
import Foundation
import JSONRPC
import Jobs
import WebSocket

/// `darkroom doctor`: what is there and what is missing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what is present and what is missing, and draws a test picture.",
        discussion: """
            Exit code \(Jobs.ExitCode.environment.rawValue) when rendering cannot work here, \
            \(Jobs.ExitCode.remote.rawValue) when a server named with --backend does not answer.
            """)

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
        help: ArgumentHelp("A folder that pictures are to go to (default: the working folder).", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The Python that USD stages are to be read with (default: $DARKROOM_PYTHON, else python3).",
            valueName: "program"))
    var python: String?

    @Flag(help: "Print one JSON object (default: lines of text).")
    var json = false

    func validate() throws {
        if ca != nil, insecure { throw ValidationError("--ca and --insecure exclude each other.") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let folders = [output ?? FileManager.default.currentDirectoryPath, NSTemporaryDirectory()]
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
