// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC
import OmniverseServices

extension CaptureEndpoints {
    /// What tells how the service is and what it answers.
    var probes: [Endpoint] {
        let words = [
            ("/status", "Returns the current status of the service"), ("/health", "Health probe"),
            ("/ready", "Readiness probe"), ("/startup", "Startup probe"), ("/controlport/status", "Control port"),
        ]
        let probes = words.map { path, summary in
            Endpoint(
                method: .get, path: path, summary: summary, description: "Return the current status of the service.",
                isDocumented: path != "/controlport/status", isGuarded: false, handler: { _ in .json("OK") })
        }
        return probes + [
            Endpoint(
                method: .get, path: "/metrics", summary: "Metrics", description: "Counts, as Prometheus reads them.",
                answerType: "text/plain", isGuarded: false,
                handler: { _ in
                    for status in ["waiting", "running"] {
                        let count = try await store.counts()[status] ?? 0
                        metrics.gauge(
                            "darkroom_captures", "Captures in the queue, by status.", ["status": status], Double(count))
                    }
                    return .text(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
                }),
            page("/", GalleryPage(prefix: options.prefix).html),
            page("/docs", DocumentationPage.html),
            page("/redoc", DocumentationPage.html),
        ]
    }

    /// A page that loads nothing from outside. Anybody may have it: what it shows it asks for itself.
    private func page(_ path: String, _ html: String) -> Endpoint {
        Endpoint(
            method: .get, path: path, summary: "Page", description: "", isDocumented: false, isGuarded: false,
            handler: { _ in
                var reply = ServiceReply.text(html, type: "text/html; charset=utf-8")
                reply.headers[.contentSecurityPolicy] =
                    "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' data: blob:"
                return reply
            })
    }

    /// The endpoints with the document that tells of them.
    func table(version: String, maxBodyBytes: Int) -> EndpointTable {
        var endpoints = all
        let document = OpenAPIDocument(
            title: "Darkroom capture service", description: "Draws stages and models.", version: version,
            endpoints: endpoints, asksForTokens: !options.tokens.isEmpty
        ).json
        endpoints.append(
            Endpoint(
                method: .get, path: "/openapi.json", summary: "Document", description: "", isDocumented: false,
                isGuarded: false, handler: { _ in .json(document) }))
        return EndpointTable(endpoints: endpoints, maxBodyBytes: maxBodyBytes)
    }
}
