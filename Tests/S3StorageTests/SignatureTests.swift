// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import TestFixtures
import Testing

@testable import S3Storage

/// Signatures against those that botocore made of the same requests.
@Suite struct SignatureTests {
    private static let recorded: JSONValue = (try? JSONValue(parsing: Fixtures.bytes("s3/signatures.json"))) ?? .null
    private static let count = recorded["cases"]?.arrayValue?.count ?? 0

    @Test("every signature is the one that botocore makes", arguments: 0..<max(1, count))
    func agrees(index: Int) throws {
        let vector = try #require(Self.recorded["cases"]?.arrayValue?[index])
        func text(_ key: String, of value: JSONValue? = nil) -> String { (value ?? vector)[key]?.stringValue ?? "" }
        var request = HTTPRequest(
            method: try #require(HTTPRequest.Method(rawValue: text("method"))), scheme: "https",
            authority: text("host"), path: text("path"))
        for (name, value) in vector["headers"]?.objectValue ?? [:] {
            request.headerFields[try #require(HTTPField.Name(name))] = value.stringValue
        }
        let credentials = AWSCredentials(
            keyID: Secret(text("key_id", of: Self.recorded)), key: Secret(text("key", of: Self.recorded)),
            sessionToken: vector["token"]?.stringValue.map { Secret($0) })
        let moment = try Date("2026-11-21T22:42:36Z", strategy: .iso8601)
        let payload = SignatureV4.sha256(Array(text("body").utf8))
        SignatureV4(credentials: credentials, region: text("region")).sign(&request, payload: payload, at: moment)
        #expect(SignatureV4.canonical(request, payload: payload).text == text("canonical"))
        let proof = request.headerFields[.authorization] ?? ""
        #expect(proof.hasSuffix("Signature=\(text("signature"))"), "\(proof)")
        #expect(proof.contains("Credential=AKIDEXAMPLE/20261121/\(text("region"))/s3/aws4_request"))
    }

    @Test("the recording has its cases")
    func recording() { #expect(Self.count == 6) }

    @Test("a request signed again carries one date, one token and one signature, the new ones")
    func again() throws {
        var request = HTTPRequest(method: .get, scheme: "https", authority: "b.example", path: "/a")
        var credentials = AWSCredentials(keyID: Secret("one"), key: Secret("k"), sessionToken: Secret("first"))
        SignatureV4(credentials: credentials, region: "r-1").sign(
            &request, payload: "p", at: Date(timeIntervalSince1970: 0))
        credentials.sessionToken = nil
        SignatureV4(credentials: credentials, region: "r-1").sign(
            &request, payload: "p", at: Date(timeIntervalSince1970: 9))
        #expect(request.headerFields[SignatureV4.tokenName] == nil)
        #expect(request.headerFields[values: SignatureV4.dateName] == ["19700101T000009Z"])
        #expect(request.headerFields[values: .authorization].count == 1)
        #expect(!(request.headerFields[.authorization] ?? "").contains("security-token"))
    }

    @Test("printed or reflected, credentials show neither key nor token nor the key's name")
    func silence() {
        let credentials = AWSCredentials(keyID: Secret("AKIAX"), key: Secret("planted"), sessionToken: Secret("token1"))
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("planted") && !text.contains("token1") && !text.contains("AKIAX"))
        }
    }
}
