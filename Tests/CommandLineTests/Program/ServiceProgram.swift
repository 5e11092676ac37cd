// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// `darkroom serve --remote-rendering` with one account and two folders that stand for containers.
struct ServiceProgram {
    static let (account, key) = ("30ea64bd-100f-4bf0-adc9-29fa45d4880c", "planted-key-0123456789")
    static let (input, output) = ("https://a.example/in", "https://a.example/out")
    static let certificate = Fixtures.url("tls/localhost.pem").path
    static let cloud = """
        ply
        format ascii 1.0
        element vertex 3
        property float x
        property float y
        property float z
        end_header
        0 0 0
        1 1 1
        1 0 1

        """

    let folder: URL
    let address: String

    /// Runs a body against a service; `in/models/box.ply` is there.
    ///
    /// - Parameters:
    ///   - overTLS: whether it has a certificate, of `localhost`.
    ///   - shell: what a shell does before it becomes the service.
    /// - Returns: what the service said in the meantime.
    @discardableResult
    static func with(
        _ arguments: [String] = [], overTLS: Bool = false, shell: String? = nil,
        _ body: (ServiceProgram) throws -> Void
    ) throws -> String {
        try Scratch.with { folder in
            for name in ["in/models", "out", "service"] {
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            let accounts = folder.appendingPathComponent("accounts.json")
            try Data(#"{"\#(account)": ["\#(key)"]}"#.utf8).write(to: accounts)
            try Data(cloud.utf8).write(to: folder.appendingPathComponent("in/models/box.ply"))
            var serve = Program(
                "serve", "--remote-rendering", "--accounts", accounts.path, "--listen", "127.0.0.1:0", "--container",
                "\(input)=\(folder.path)/in", "--container", "\(output)=\(folder.path)/out", "--database",
                "\(folder.path)/service.sqlite", "--thumbnail-size", "0")
            serve.arguments += arguments
            serve.shell = shell
            if overTLS {
                serve.arguments += [
                    "--certificate", certificate, "--private-key", Fixtures.url("tls/localhost-key.pem").path,
                ]
            }
            let service = try serve.start(in: folder.appendingPathComponent("service"))
            defer { if service.process.isRunning { kill(service.process.processIdentifier, SIGKILL) } }
            // The certificate is for the name.
            let address = try #require(try address(of: service)).replacing(
                "https://127.0.0.1", with: "https://localhost")
            try body(ServiceProgram(folder: folder, address: address))
            kill(service.process.processIdentifier, SIGTERM)
            return try service.result(within: 30).talk
        }
    }

    /// Where a service listens, which it says first of all.
    private static func address(of service: Program.Running) throws -> String? {
        let end = Date(timeIntervalSinceNow: 30)
        while Date() < end, service.process.isRunning {
            let said = String(decoding: try Data(contentsOf: service.output), as: UTF8.self)
            if said.hasSuffix("\n") { return try JSONValue(parsing: said)["address"]?.stringValue }
            usleep(10_000)
        }
        return nil
    }

    /// A command that asks the service, with the account's key in its environment.
    func program(_ arguments: [String], _ environment: [String: String] = [:]) -> Program {
        var program = Program(arguments: arguments + ["--endpoint", address])
        program.environment = [
            "PATH": "/usr/bin:/bin", "AZURE_REMOTE_RENDERING_ACCOUNT_ID": Self.account,
            "AZURE_REMOTE_RENDERING_ACCOUNT_KEY": Self.key, "DARKROOM_INPUT_SAS": "?sv=1&sig=plantedSAS",
        ].merging(environment) { $1 }
        return program
    }

    func remote(_ arguments: [String]) throws -> Program.Result {
        try program(["remote"] + arguments).run(within: 60)
    }

    /// Converts a file of `in/models` and waits for it.
    func convert(_ name: String, id: String, prefix: String = "made") throws {
        let made = try remote([
            "convert", name, "--id", id, "--input", Self.input, "--input-prefix", "models", "--output", Self.output,
            "--output-prefix", prefix, "--interval", "50ms",
        ])
        #expect(made.code == 0, "\(made.talk)")
    }
}
