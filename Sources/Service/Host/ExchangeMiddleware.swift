// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Hummingbird
import Logging

/// What every exchange gets: a mark, a log line, a count, and an error body where a route threw.
struct ExchangeMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: ServiceMetrics
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let (start, mark) = (ContinuousClock.now, CorrelationVector.random())
        var response: Response
        do {
            response = try await next(request, context)
        } catch let problem as RequestProblem {
            response = Self.response(problem)
        } catch let error as HTTPError {
            response = Response(status: error.status)
        } catch is CancellationError {
            response = Response(status: .serviceUnavailable)
        } catch {
            logger.error(
                "\(request.method) \(request.uri.path): \(Redaction.text("\(error)"))", metadata: ["ms-cv": "\(mark)"])
            response = Self.response(
                RequestProblem(
                    .internalServerError, code: "InternalServerError", "The service failed; see its log for \(mark)."))
        }
        response.headers[.msCV] = mark
        response.headers[.contentTypeOptions] = "nosniff"
        if let id = request.headers[.clientRequestID], id.utf8.count <= 128 { response.headers[.clientRequestID] = id }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        // The path alone: queries carry signatures and tokens.
        logger.info(
            "\(request.method.rawValue) \(request.uri.path) \(response.status.code)",
            metadata: ["ms-cv": "\(mark)", "ms": "\(Int(seconds * 1000))"])
        metrics.count(
            "darkroom_http_requests_total", "Requests answered, by method and status.",
            ["method": request.method.rawValue, "status": String(response.status.code)])
        metrics.count("darkroom_http_seconds_total", "Seconds spent on answers.", by: seconds)
        return response
    }

    private static func response(_ problem: RequestProblem) -> Response {
        var response =
            problem.body.map { Response.json(ServiceErrorEnvelope($0), status: problem.status) }
            ?? Response(status: problem.status)
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}

extension HTTPField.Name {
    static let msCV = HTTPField.Name("MS-CV")!
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")!
    static let clientRequestID = HTTPField.Name("x-ms-client-request-id")!
    static let supportedVersions = HTTPField.Name("api-supported-versions")!
}

extension Response {
    /// A JSON answer.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        guard let data = try? encoder.encode(value) else { return Response(status: .internalServerError) }
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }
}
