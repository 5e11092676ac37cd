// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Logging

extension Course {
    private var logger: Logger { pipeline.configuration.logger }
    private var redaction: Redaction { pipeline.configuration.redaction }

    /// One line an exchange; headers below it where the log is to be detailed.
    func log(_ request: HTTPRequest, _ head: HTTPResponse, after time: Duration) {
        let line = "\(request.method.rawValue) \(Redaction.address(of: request)) \(head.status.code)"
        logger.info("\(Redaction.text(line)) \(Self.seconds(time))", metadata: metadata)
        detail(request)
        logger.debug("answered \(head.status.code); \(redaction.line(head.headerFields))", metadata: metadata)
    }

    func log(_ request: HTTPRequest, failed error: ServiceError, after time: Duration) {
        let line = "\(request.method.rawValue) \(Redaction.address(of: request)) failed"
        logger.info("\(Redaction.text(line)) \(Self.seconds(time))", metadata: metadata)
        logger.debug("\(error.message)", metadata: metadata)
        detail(request)
    }

    func log(retryIn pause: Duration, after error: ServiceError) {
        logger.info("trying again in \(Self.seconds(pause)): \(error.message)", metadata: metadata)
    }

    func log(body bytes: [UInt8], of what: String, _ request: HTTPRequest) {
        let shown = redaction.body(bytes, without: redaction.secrets(of: request, call))
        logger.debug("body of the \(what): \(shown)", metadata: metadata)
    }

    private func detail(_ request: HTTPRequest) {
        let query = redaction.query(of: request)
        logger.debug("sent ?\(query); \(redaction.line(request.headerFields))", metadata: metadata)
        if case .bytes(let bytes) = call.body { log(body: bytes, of: "request", request) }
    }

    private var metadata: Logger.Metadata { ["request": "\(id)", "try": "\(attempt)"] }

    private static func seconds(_ time: Duration) -> String {
        "\(((time / .seconds(1)) * 1000).rounded() / 1000) s"
    }
}
