// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// What S3 says when it refuses.
enum S3Refusal {
    static let regionName = HTTPField.Name("x-amz-bucket-region")!

    /// Reads the XML of a refusal; answers to HEAD have none, and are told by their status.
    ///
    /// The bucket's region, where S3 tells it, becomes the target. Nothing else of the answer is kept: it repeats what
    /// was signed.
    static func read(_ head: HTTPResponse, _ bytes: [UInt8]) -> ServiceErrorBody? {
        let root = XMLElementTree.parse(bytes)
        // The security token service has the error inside.
        let error = root?["Error"] ?? root
        let region = head.headerFields[regionName] ?? error?["Region"]?.text
        var code = error?["Code"]?.text ?? ""
        if code.isEmpty, region != nil, [301, 307, 400].contains(head.status.code) { code = "PermanentRedirect" }
        guard !code.isEmpty else { return nil }
        var message = error?["Message"]?.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        if code == "RequestTimeTooSkewed", let theirs = head.headerFields[.date] {
            message += " It is \(theirs) there."
        }
        return ServiceErrorBody(code: code, message: message, target: region.flatMap { S3Region.isOne($0) ? $0 : nil })
    }

    /// Whether another region has to be asked.
    static func isRegional(_ error: ServiceError) -> Bool {
        guard let code = error.body?.code else { return false }
        return [
            "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
            "TemporaryRedirect", "IncorrectEndpoint",
        ].contains(code)
    }
}
