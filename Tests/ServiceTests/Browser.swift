// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Synchronization
import Testing
import WebSocket

/// A headless Chromium with one page, driven over its DevTools protocol.
final class Browser: Sendable {
    /// Where Debian's packages put it.
    ///
    /// Not the scripts on the path: ending such a script leaves the browser behind.
    static let program = ["chromium-headless-shell", "chromium"].map { "/usr/lib/chromium/" + $0 }.first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Failure: Error {
        var message: String
    }

    private struct State {
        var lastID: Int64 = 0
        var waiting: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
        /// Addresses that the page asked for.
        var requested: [String] = []
    }

    private let connection: WebSocketConnection
    private let process: Process
    private let state = Mutex(State())
    private let session: Mutex<String?> = Mutex(nil)
    private let reading: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// Starts it with a profile in a folder, and opens an empty page.
    init(in folder: String, width: Int = 1100, height: Int = 800) async throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.program))
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-allow-origins=*",
            "--remote-debugging-port=0", "--window-size=\(width),\(height)", "--user-data-dir=\(folder)/profile",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--mute-audio",
            "about:blank",
        ]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        do {
            let address = try await Self.address(folder + "/profile/DevToolsActivePort")
            connection = try await WebSocketClient.connect(to: try WebSocketEndpoint(address))
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        reading.withLock {
            $0 = Task { [weak self, messages = connection.messages] in await Self.read(messages) { self } }
        }
        let target = try await call("Target.createTarget", ["url": "about:blank"])
        let attached = try await call(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
        session.withLock { $0 = attached["sessionId"]?.stringValue }
        for domain in ["Page", "Runtime", "Network"] { _ = try await call("\(domain).enable") }
    }

    /// Runs a body with a browser of its own.
    static func run(_ body: (Browser) async throws -> Void) async throws {
        try await ServiceUnderTest.inFolder { folder in
            let browser = try await Browser(in: folder)
            do {
                try await body(browser)
            } catch {
                await browser.close()
                throw error
            }
            await browser.close()
        }
    }

    /// Addresses that the page asked for so far.
    var requested: [String] { state.withLock { $0.requested } }

    func open(_ address: String) async throws { _ = try await call("Page.navigate", ["url": .string(address)]) }

    /// The value of an expression in the page; promises are awaited.
    func value(_ expression: String) async throws -> JSONValue {
        let reply = try await call(
            "Runtime.evaluate",
            ["expression": .string(expression), "returnByValue": true, "awaitPromise": true])
        if let thrown = reply["exceptionDetails"] { throw Failure(message: thrown.serialized()) }
        return reply["result"]?["value"] ?? .null
    }

    /// Asks until an expression is true in the page.
    func until(_ expression: String, within seconds: Int = 60) async throws {
        for _ in 0..<seconds * 20 {
            // A page that is just being left has no context to ask in.
            if (try? await value(expression)) == true { return }
            try Task.checkCancellation()
            try await Task.sleep(for: .milliseconds(50))
        }
        let page = try await value("document.body.innerText").stringValue ?? ""
        throw Failure(message: "\(expression) did not become true; the page says: \(page)")
    }

    /// The page as PNG.
    func screenshot() async throws -> Data {
        let data = try await call("Page.captureScreenshot", ["format": "png"])["data"]?.stringValue ?? ""
        return try #require(Data(base64Encoded: data))
    }

    func close() async {
        reading.withLock { $0 }?.cancel()
        await connection.close()
        kill(process.processIdentifier, SIGKILL)
    }

    // MARK: The protocol

    private func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        var request: [String: JSONValue] = ["id": .int(id), "method": .string(method), "params": parameters]
        if let session = session.withLock({ $0 }) { request["sessionId"] = .string(session) }
        let text = JSONValue.object(request).serialized()
        let clock = Task { [weak self] in
            try await Task.sleep(for: .seconds(30))
            self?.settle(id, .failure(Failure(message: "\(method) was not answered")))
        }
        defer { clock.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.waiting[id] = continuation }
            Task {
                do {
                    try await connection.send(.text(text))
                } catch {
                    settle(id, .failure(error))
                }
            }
        }
    }

    private func settle(_ id: Int64, _ result: Result<JSONValue, any Error>) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(with: result)
    }

    private static func read(
        _ messages: AsyncThrowingStream<TransportMessage, any Error>, _ browser: () -> Browser?
    ) async {
        do {
            for try await message in messages {
                guard case .text(let text) = message, let told = try? JSONValue(parsing: text) else { continue }
                browser()?.take(told)
            }
        } catch {
            return
        }
    }

    private func take(_ told: JSONValue) {
        if let id = told["id"]?.intValue {
            if let error = told["error"] {
                settle(id, .failure(Failure(message: error.serialized())))
            } else {
                settle(id, .success(told["result"] ?? .null))
            }
        } else if told["method"] == "Network.requestWillBeSent",
            let address = told["params"]?["request"]?["url"]?.stringValue
        {
            state.withLock { $0.requested.append(address) }
        }
    }

    /// The address that the browser writes down once it listens.
    private static func address(_ path: String) async throws -> String {
        for _ in 0..<600 {
            let lines = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
            if lines.count == 2 { return "ws://127.0.0.1:\(lines[0])\(lines[1])" }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Failure(message: "the browser does not listen")
    }
}
