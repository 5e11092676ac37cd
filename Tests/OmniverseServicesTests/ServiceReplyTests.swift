// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC
import Testing

@testable import OmniverseServices

@Suite struct ServiceReplyTests {
    @Test(
        "a body is JSON, text or bytes by its media type",
        arguments: [
            ("application/json", "[1]", ServiceReply.Content.json([1])),
            ("application/json; charset=utf-8", "\"OK\"", .json("OK")), ("application/json", "{", .text("{")),
            ("application/problem+json", "{}", .json([:])), ("text/plain; charset=utf-8", "[1]", .text("[1]")),
            ("text/html", "<p>", .text("<p>")), ("image/png", "ab", .bytes([97, 98])), (nil, "ab", .bytes([97, 98])),
            ("application/octet-stream", "{}", .bytes([123, 125])),
            ("application/json", "9007199254740993", .json(.int(9_007_199_254_740_993))),
        ] as [(String?, String, ServiceReply.Content)])
    func content(type: String?, body: String, content: ServiceReply.Content) {
        var headers = HTTPFields()
        if let type { headers[.contentType] = type }
        #expect(ServiceReply(status: 200, headers: headers, bytes: Array(body.utf8)).content == content)
    }

    @Test(
        "what a refusal says of itself is read in each of its shapes",
        arguments: [
            (#"{"detail":"Not Found"}"#, "Not Found"),
            (#"{"detail":[{"loc":["body","a"],"msg":"Field required","type":"missing"}]}"#, "body.a: Field required"),
            (#"{"detail":[{"loc":["query",0],"msg":"bad"},{"msg":"worse"}]}"#, "query.0: bad; worse"),
            (#"{"detail":{"code":7}}"#, #"{"code":7}"#),
        ])
    func detail(body: String, text: String) {
        let reply = ServiceReply(status: 422, headers: [.contentType: "application/json"], bytes: Array(body.utf8))
        #expect(reply.detail == text)
    }
}
