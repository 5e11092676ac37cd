// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import Logging
import OmniverseServices

/// The capture service without its listener: requests in, answers out, over a connection or within the process.
struct CaptureApplication: ServiceApplication {
    let options: CaptureOptions
    let table: EndpointTable
    let metrics: ServiceMetrics
    let logger: Logger

    func respond(to request: WireRequest) async -> ServiceReply {
        let correlation = Self.correlation(of: request)
        var reply: ServiceReply
        do {
            reply = try await answer(request, correlation)
        } catch is CancellationError {
            reply = .detail(503, "The service is ending; ask again later.")
        } catch {
            logger.error(
                "\(request.method) \(request.target.prefix { $0 != "?" }): \(Redaction.text("\(error)"))",
                metadata: ["correlation": "\(correlation)"])
            reply = .text("Internal Server Error", type: "text/plain; charset=utf-8", status: 500)
        }
        reply.headers[.correlation] = correlation
        reply.headers[.contentTypeOptions] = "nosniff"
        return reply
    }

    private func answer(_ request: WireRequest, _ correlation: String) async throws -> ServiceReply {
        var request = request
        let endpoint = table.endpoint(request.method, request.target)
        if endpoint?.isGuarded ?? true, !options.tokens.isEmpty, !admits(request) {
            var reply = ServiceReply.detail(401, "Not authenticated")
            reply.headers[.wwwAuthenticate] = "Bearer"
            return reply
        }
        // A body that nobody reads may be packed in any way.
        guard endpoint?.body != nil else { return try await table.answer(request, correlation: correlation) }
        do throws(BodyDecoding.Failure) {
            try BodyDecoding.undo(&request, limit: table.maxBodyBytes)
        } catch {
            switch error {
            case .tooLong: return .detail(413, "A request's body may have \(table.maxBodyBytes) bytes.")
            case .damaged: return .detail(400, "The body is not what its Content-Encoding says.")
            case .unknown(let name):
                return .detail(415, "The Content-Encoding \(name) is not taken; gzip and deflate are.")
            }
        }
        return try await table.answer(request, correlation: correlation)
    }

    /// Compares in the same time whatever the token.
    private func admits(_ request: WireRequest) -> Bool {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            return false
        }
        let given = Array(header.dropFirst(7).trimmingCharacters(in: .whitespaces).utf8)
        return options.tokens.contains { token in
            let known = Array(token.reveal().utf8)
            guard known.count == given.count else { return false }
            return zip(known, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }

    /// The request's id where it is a random UUID, else a new one.
    static func correlation(of request: WireRequest) -> String {
        if let given = request.headers[.correlation], given.utf8.count <= 40 {
            let bare = given.filter { $0 != "-" }
            let isFour = bare.count == 32 && bare.allSatisfy(\.isHexDigit) && Array(bare)[12] == "4"
            if isFour, "89abAB".contains(Array(bare)[16]) { return given }
        }
        return UUID().uuidString.lowercased().filter { $0 != "-" }
    }
}

extension HTTPField.Name {
    static let correlation = HTTPField.Name("X-Correlation-ID")!
}
