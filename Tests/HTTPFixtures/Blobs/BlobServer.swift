// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Synchronization

/// A small Blob server that keeps blobs in memory and checks every signature, by rules of its own.
///
/// Addresses have the account in front of the container, as storage on loopback has.
package final class BlobServer: Sendable {
    package struct Blob: Sendable {
        package var bytes: [UInt8]
        package var etag: String
        package var contentType: String
        package var metadata: [String: String]
    }

    struct State {
        var blobs: [String: Blob] = [:]
        /// Blocks that wait, and those that blobs are made of, by blob and name.
        var blocks: [String: [String: [UInt8]]] = [:]
        var committed: [String: [String: [UInt8]]] = [:]
        var versions = 0
        var requests: [FakeTransport.Request] = []
        /// Given the number of requests so far: close the connection after so many bytes of the answer.
        var cut: @Sendable (FakeTransport.Request, Int) -> Int? = { _, _ in nil }
    }

    package static let account = "contosostorage01"
    package static let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg=="
    package static let container = "arroutput"

    let state = Mutex(State())

    /// Runs a body against a server.
    package static func with<Result>(
        _ body: (BlobServer, _ container: String) async throws -> Result
    ) async throws -> Result {
        let server = BlobServer()
        return try await LoopbackServer.with({ server.answer($0) }) { loopback in
            try await body(server, "\(loopback.address)/\(account)/\(container)")
        }
    }

    /// Makes transport fail: given a request and how many came before, the bytes after which to close.
    package func cut(_ rule: @escaping @Sendable (FakeTransport.Request, Int) -> Int?) {
        state.withLock { $0.cut = rule }
    }

    /// Puts a blob in its place.
    package func put(_ name: String, _ bytes: [UInt8]) {
        state.withLock { state in
            state.versions += 1
            state.blobs[name] = Blob(
                bytes: bytes, etag: "\"0x\(state.versions)\"", contentType: "application/octet-stream", metadata: [:])
        }
    }

    /// Takes a blob away.
    package func remove(_ name: String) { state.withLock { $0.blobs[name] = nil } }

    package var requests: [FakeTransport.Request] { state.withLock { $0.requests } }
    package var blobs: [String: Blob] { state.withLock { $0.blobs } }

    func answer(_ request: FakeTransport.Request) -> LoopbackServer.Answer {
        let target = Target(request.path)
        let (number, cut) = state.withLock { state in
            state.requests.append(request)
            return (state.requests.count - 1, state.cut)
        }
        var answer: LoopbackServer.Answer
        if let reason = SignatureCheck(request: request, target: target).refusal {
            answer = Self.refusal(403, "AuthenticationFailed", reason)
        } else if target.container != Self.container {
            answer = Self.refusal(404, "ContainerNotFound", "The specified container does not exist.")
        } else {
            answer = state.withLock { Self.carryOut(request, target, &$0) }
        }
        answer.headers += [("x-ms-request-id", "server-\(number)"), ("x-ms-version", "2021-08-06")]
        answer.cutAfter = cut(request, number)
        return answer
    }

    static func refusal(_ status: Int, _ code: String, _ message: String) -> LoopbackServer.Answer {
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)\nTime:x</Message></Error>"
        return LoopbackServer.Answer(
            status, headers: [("Content-Type", "application/xml"), ("x-ms-error-code", code)], body: Array(text.utf8))
    }
}

/// What a request is about, out of its path and query.
struct Target: Sendable {
    var account = ""
    var container = ""
    var blob = ""
    /// Not decoded.
    var path: String
    /// Decoded.
    var query: [String: String] = [:]

    init(_ text: String) {
        let parts = text.split(separator: "?", maxSplits: 1)
        path = String(parts.first ?? "/")
        let segments = path.split(separator: "/", maxSplits: 2)
        if segments.count > 0 { account = String(segments[0]) }
        if segments.count > 1 { container = String(segments[1]) }
        if segments.count > 2 { blob = segments[2].removingPercentEncoding ?? "" }
        guard parts.count > 1 else { return }
        for item in parts[1].split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1).map(String.init)
            // A plus that is not encoded is a space for a server: that is what breaks signatures.
            let value = pair.count > 1 ? pair[1].replacing("+", with: " ") : ""
            query[pair[0]] = value.removingPercentEncoding ?? ""
        }
    }
}
