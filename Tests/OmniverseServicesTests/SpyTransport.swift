// SPDX-License-Identifier: Apache-2.0
import OmniverseServices
import Synchronization

/// Keeps every request on its way through another transport.
final class SpyTransport: ServiceTransport {
    private let inner: any ServiceTransport
    private let kept = Mutex<[WireRequest]>([])

    init(_ inner: any ServiceTransport) { self.inner = inner }

    var requests: [WireRequest] { kept.withLock { $0 } }
    var address: String { inner.address }

    func exchange(_ request: WireRequest) async throws -> ServiceReply {
        kept.withLock { $0.append(request) }
        return try await inner.exchange(request)
    }

    func target(ofLink link: String) throws(OmniverseError) -> String { try inner.target(ofLink: link) }
}
