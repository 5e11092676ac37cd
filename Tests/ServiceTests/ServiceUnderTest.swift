// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import Logging
import Synchronization
import Testing

@testable import Service

/// A service of a test on a loopback port, with an input and an output container in a folder of its own.
final class ServiceUnderTest: Sendable {
    static let account = "30ea64bd-100f-4bf0-adc9-29fa45d4880c"
    static let key = "a-key-of-the-tests-0123456789"
    static let inputURI = "https://contoso.blob.core.windows.net/in"
    static let outputURI = "https://contoso.blob.core.windows.net/out"
    /// The program that was built beside these tests.
    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("darkroom").path

    struct Answer {
        var status: Int
        var json: JSONValue?
        var text: String
        var fields: HTTPFields
    }

    let folder: String
    let port: Int
    private let task: ServiceTask
    private let transport = AsyncHTTPTransport()

    /// Starts a service in a folder, which may be one that an earlier service left.
    init(
        in folder: String, _ change: (inout RemoteRenderingOptions) -> Void = { _ in },
        host: HostOptions = HostOptions()
    ) async throws {
        self.folder = folder
        for name in ["in", "out"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        var options = RemoteRenderingOptions(
            accounts: AccountKeys([Self.account: [Secret(Self.key)]]),
            containers: [Self.inputURI: folder + "/in", Self.outputURI: folder + "/out"])
        (options.database, options.executable) = (folder + "/service.sqlite", Self.program)
        options.thumbnailSize = 64
        change(&options)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try RemoteRenderingServer(host: host, serving: options, logger: logger)
        task = try await ServiceTask { try await server.run(ready: $0) }
        port = task.port
    }

    /// Ends the service in good order.
    func stop() async { await task.stop() }

    /// A folder for one test, removed afterwards.
    static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "service-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    // MARK: Requests

    func send(
        _ method: HTTPRequest.Method, _ path: String, authorization: String?, body: String? = nil
    ) async throws -> Answer {
        var request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:\(port)", path: path)
        if let authorization { request.headerFields[.authorization] = "Bearer \(authorization)" }
        if body != nil { request.headerFields[.contentType] = "application/json" }
        let sent: RequestBody = body.map { .bytes(Array($0.utf8)) } ?? .none
        let response = try await transport.send(request, body: sent, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Answer(
            status: response.head.status.code, json: try? JSONValue(parsing: bytes),
            text: String(decoding: bytes, as: UTF8.self), fields: response.head.headerFields)
    }

    /// A token as clients fetch it.
    func token() async throws -> String {
        let answer = try await send(
            .get, "/Accounts/\(Self.account)/token?api-version=2019-02-28-preview",
            authorization: "\(Self.account):\(Self.key)")
        return try #require(answer.json?["AccessToken"]?.stringValue)
    }

    /// Calls a path of the account with a fresh token.
    func call(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let mark = path.contains("?") ? "&" : "?"
        return try await send(
            method, "/accounts/\(Self.account)/\(path)\(mark)api-version=2021-01-01", authorization: try await token(),
            body: body)
    }

    /// The body that converts a file of the input container.
    static func conversion(_ file: String, prefix: String = "", output: String = "") -> String {
        """
        {"settings": {"inputLocation": {"storageContainerUri": "\(inputURI)", "blobPrefix": "\(prefix)",
          "storageContainerReadListSas": "?sig=planted-secret", "relativeInputAssetPath": "\(file)"},
         "outputLocation": {"storageContainerUri": "\(outputURI)", "blobPrefix": "made"\(output)}}}
        """
    }

    /// Waits until a conversion or session is no longer under way.
    func settled(_ path: String) async throws -> JSONValue {
        for _ in 0..<600 {
            let answer = try await call(.get, path)
            let json = try #require(answer.json)
            if !["NotStarted", "Running", "Starting"].contains(json["status"]?.stringValue ?? "") { return json }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(path) did not settle")
        return .null
    }

    /// Names of the files in the output container.
    func made() throws -> [String] {
        let folder = "\(folder)/out"
        return (try FileManager.default.subpathsOfDirectory(atPath: folder)).filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
