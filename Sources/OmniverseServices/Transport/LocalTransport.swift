// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Services within this process: the same requests and answers, without a connection.
struct LocalTransport: ServiceTransport {
    let application: any ServiceApplication

    var address: String { "local://" }

    func exchange(_ request: WireRequest) async throws -> ServiceReply {
        try Task.checkCancellation()
        return await application.respond(to: request)
    }

    func target(ofLink link: String) throws(OmniverseError) -> String {
        if link.hasPrefix("/") { return link }
        guard let parts = URLComponents(string: link), parts.scheme == "local" || parts.host == "localhost" else {
            throw OmniverseError(.redirected, "The service redirects out of this process, to \(link).")
        }
        return parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }
}
