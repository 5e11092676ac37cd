// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// Signs every try anew, with the credentials of the moment.
struct SignatureAuthorization: RequestAuthorizer {
    var source: any AWSCredentialSource
    var region: String
    var clock: ServiceClock

    func authorize(_ request: inout HTTPRequest, body: RequestBody) async throws {
        guard let credentials = try await source.credentials() else { return }
        let payload: String =
            switch body {
            case .none: SignatureV4.sha256([])
            case .bytes(let bytes): SignatureV4.sha256(bytes)
            case .stream: "UNSIGNED-PAYLOAD"
            }
        SignatureV4(credentials: credentials, region: region).sign(&request, payload: payload, at: clock.now())
    }

    func renew(after request: HTTPRequest) -> Bool { false }
}
