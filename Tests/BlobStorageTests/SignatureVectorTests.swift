// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import TestFixtures
import Testing

@testable import BlobStorage

/// Signatures are those of Microsoft's own library, each recomputed outside of it.
@Suite struct SignatureVectorTests {
    static let file = try! JSONValue(parsing: Fixtures.bytes("remote-rendering/sas-vectors.json"))
    static let vectors = (file["vectors"]?.arrayValue ?? []).filter { vector in
        // Of the later version, user delegation has another layout, which is not made here.
        vector["sv"]?.stringValue == BlobSAS.version || vector["name"]?.stringValue?.hasPrefix("service") == true
    }

    private static func items(_ query: String) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: query.split(separator: "&").map { item in
                let pair = item.split(separator: "=", maxSplits: 1)
                return (String(pair[0]), PercentEncoding.decode(pair[1]) ?? "")
            })
    }

    @Test("there are vectors of both kinds and versions")
    func complete() { #expect(Self.vectors.count == 12) }

    @Test("a SAS has the recorded text to sign and the recorded signature", arguments: vectors.indices)
    func sas(index: Int) throws {
        let vector = Self.vectors[index]
        let expected = Self.items(try #require(vector["sas"]?.stringValue))
        let text = try #require(vector["stringToSign"]?.stringValue)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let path = lines[3].split(separator: "/", maxSplits: 3).map(String.init)
        var sas = BlobSAS(
            path.count > 3 ? .blob(path[3]) : .container,
            permissions: String((expected["sp"] ?? "").reversed()),
            starts: try expected["st"].map { try Date($0, strategy: .iso8601) },
            expires: try Date(try #require(expected["se"]), strategy: .iso8601))
        (sas.addresses, sas.contentType) = (expected["sip"], expected["rsct"])
        (sas.requiresTLS, sas.version) = (expected["spr"] != nil, try #require(vector["sv"]?.stringValue))
        let key = Secret(try #require(Self.file["accountKeyBase64"]?.stringValue))
        let signed: Secret
        if let oid = expected["skoid"] {
            let lent = UserDelegationKey(
                signedOid: oid, signedTid: expected["sktid"] ?? "", signedStart: expected["skt"] ?? "",
                signedExpiry: expected["ske"] ?? "", signedService: expected["sks"] ?? "",
                signedVersion: expected["skv"] ?? "", value: key)
            #expect(try sas.delegatedFields(account: path[1], container: path[2], lent) == lines)
            signed = try sas.signed(account: path[1], container: path[2], by: lent)
        } else {
            #expect(try sas.serviceFields(account: path[1], container: path[2]) == lines)
            signed = try sas.signed(account: path[1], container: path[2], key: key)
        }
        #expect(Self.items(signed.reveal()) == expected)
        #expect(!signed.reveal().contains("+"))
    }

    @Test("a request signed with the account's key has the recorded text and signature")
    func sharedKey() throws {
        let vector = try #require(Self.file["sharedKey"]?.arrayValue?.first)
        let address = try #require(URLComponents(string: vector["url"]?.stringValue ?? ""))
        var request = HTTPRequest(
            method: .put, scheme: "https", authority: address.host, path: address.percentEncodedPath)
        for (name, value) in vector["headers"]?.objectValue ?? [:] where name != "Authorization" {
            request.headerFields[HTTPField.Name(name)!] = value.stringValue
        }
        let key = Secret(try #require(Self.file["accountKeyBase64"]?.stringValue))
        let authorization = try SharedKeyAuthorization(account: "contosostorage01", key: key)
        #expect(authorization.stringToSign(of: request) == vector["stringToSign"]?.stringValue)
        try authorization.authorize(&request, body: .none)
        #expect(request.headerFields[.authorization] == vector["headers"]?["Authorization"]?.stringValue)
    }

    @Test(
        "keys and permissions that cannot be are refused", arguments: [("r", "no base64!"), ("", ""), ("rx ", "MDEy")])
    func refusals(permissions: String, key: String) {
        let sas = BlobSAS(.container, permissions: permissions, expires: Date())
        let error = #expect(throws: ServiceError.self) {
            try sas.signed(account: "a", container: "c", key: Secret(key))
        }
        #expect(error?.code == .badArgument)
    }
}
