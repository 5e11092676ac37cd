// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import Testing

@Suite struct EndpointTests {
    @Test(
        "addresses are taken apart",
        arguments: [
            ("https://a.example", "https://a.example"), ("HTTPS://A.Example:8443/x/y/", "https://a.example:8443/x/y"),
            ("http://127.0.0.1:80/", "http://127.0.0.1:80"), ("http://localhost:5000", "http://localhost:5000"),
            ("http://[::1]:9/a", "http://[::1]:9/a"),
        ])
    func reads(text: String, expected: String) throws {
        #expect(try ServiceEndpoint(text).description == expected)
    }

    @Test(
        "addresses that would leak credentials, or are none, are refused",
        arguments: [
            "http://a.example", "http://127.0.0.1.evil.example", "http://127.1", "ftp://a", "a.example", "", "https://",
            "https://user:pass@a.example", "https://a.example/?sig=x", "https://a.example/#f", "http://10.0.0.1",
        ])
    func refuses(text: String) {
        let error = #expect(throws: ServiceError.self) { try ServiceEndpoint(text) }
        #expect(error?.code == .badAddress)
    }

    @Test("services without TLS can be allowed by name of the option")
    func plain() throws {
        #expect(try ServiceEndpoint("http://10.0.0.1", plainHTTP: .everywhere).host == "10.0.0.1")
    }

    @Test(
        "links of the same origin are followed as they stand",
        arguments: [
            ("https://a.example/list?t=abc%2Bdef%3D%3D", "/list?t=abc%2Bdef%3D%3D"),
            ("https://A.EXAMPLE:443/list", "/list"), ("/other?x=%2F", "/other?x=%2F"), ("next?x=1", "/base/next?x=1"),
            ("https://a.example", "/"),
        ])
    func follows(link: String, expected: String) throws {
        #expect(try ServiceEndpoint("https://a.example/base").target(ofLink: link) == expected)
    }

    @Test(
        "links to another origin are refused",
        arguments: [
            "https://b.example/list", "http://a.example/list", "https://a.example:8443/", "//b.example/list",
            "https://a.example@b.example/", "https://x:y@a.example/", "https://a.example.b.example/",
            "ftp://a.example/", "javascript:alert(1)",
        ])
    func foreign(link: String) throws {
        let endpoint = try ServiceEndpoint("https://a.example")
        let error = #expect(throws: ServiceError.self) { try endpoint.target(ofLink: link) }
        #expect(error?.code == .foreignLink)
    }

    @Test("pages are fetched when they are needed, and circles are found out")
    func pages() async throws {
        let setup = try ServiceSetup(
            FakeTransport { request, _ in .answer(200, request.path.hasSuffix("2") ? "" : "x") })
        let pages = PagedSequence<Int>(first: ServiceRequest(.get, "/1", purpose: "list")) { call in
            let more = try await setup.pipeline.collect(call).bytes.isEmpty == false
            return .init(items: [1, 2], next: more ? ServiceRequest(.get, "/2", purpose: "list") : nil)
        }
        var iterator = pages.makeAsyncIterator()
        _ = try await iterator.next()
        #expect(setup.transport.requests.count == 1)
        #expect(try await pages.all() == [1, 2, 1, 2])
        let circle = PagedSequence<Int>(first: ServiceRequest(.get, "/1", purpose: "list")) { call in
            .init(items: [], next: call)
        }
        await #expect(throws: ServiceError.self) { try await circle.all() }
    }

    @Test(
        "dates of headers are read and written",
        arguments: [
            ("Sat, 21 Nov 2026 07:46:10 GMT", 1_795_247_170.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2028 23:59:59 GMT", 1_835_481_599),
        ])
    func dates(text: String, seconds: Double) {
        #expect(HTTPDate.date(text)?.timeIntervalSince1970 == seconds)
        #expect(HTTPDate.text(.init(timeIntervalSince1970: seconds)) == text)
        for wrong in ["", "yesterday", "Sat, 99 Nov 2026 07:46:10 GMT", "Sat, 21 Nov 2026 07:46 GMT", text + " x"] {
            #expect(HTTPDate.date(wrong) == nil)
        }
    }
}
