// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import JSONRPC
import RemoteRendering
import TestFixtures
import Testing

@Suite struct WireTests {
    private func decode<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    private func encoded(_ value: some Encodable) throws -> JSONValue { try JSONValue(encoding: value) }

    @Test(
        "every recorded conversion and session survives being read and written",
        arguments: [
            "01-conversion-begin-minimal-accountkey", "02-conversion-begin-all-settings-static-token",
            "07-conversion-fails-while-polling", "09-conversion-cancelled-never-terminal",
            "14-session-begin-accountkey",
            "15-session-begin-premium-string", "16-session-get", "19-session-update", "24-session-error-null-object",
        ])
    func roundTrips(name: String) throws {
        var seen = 0
        for exchange in try RecordedExchange.all(in: "remote-rendering/\(name).json")
        where exchange.host.hasPrefix("remoterendering") && exchange.answer.hasPrefix("{") {
            var recorded = try JSONValue(parsing: exchange.answer)
            let written: JSONValue
            if exchange.target.contains("/conversions/") {
                written = try encoded(decode(exchange.answer, as: AssetConversion.self))
            } else {
                // A null error says as much as none.
                if case .object(var members) = recorded, members["error"] == .null {
                    members["error"] = nil
                    recorded = .object(members)
                }
                written = try encoded(decode(exchange.answer, as: RenderingSession.self))
            }
            #expect(Self.withoutTime(written) == Self.withoutTime(recorded))
            seen += 1
        }
        #expect(seen > 0)
    }

    /// A `Double` of seconds has six of the seven digits of a time.
    private static func withoutTime(_ value: JSONValue) -> JSONValue {
        guard case .object(var members) = value else { return value }
        members["creationTime"] = members["creationTime"]?.stringValue.map { .string(String($0.prefix(23))) }
        return .object(members)
    }

    @Test(
        "dates are read with any number of digits and either zone",
        arguments: [
            ("2022-09-14T01:02:25.3744317Z", 0.3744317), ("2022-09-14T01:02:25.37443+00:00", 0.37443),
            ("2022-09-14T01:02:25Z", 0), ("2022-09-14T03:02:25.5+02:00", 0.5),
        ])
    func dates(text: String, fraction: Double) throws {
        let date = try #require(WireDate(text)).date
        #expect(abs(date.timeIntervalSince1970 - 1_663_117_345 - fraction) < 1e-6)
        #expect(WireDate("yesterday") == nil)
    }

    @Test("dates are written with seven digits", arguments: [(0.0, "0000000"), (0.25, "2500000"), (0.999, "9990000")])
    func writtenDates(fraction: Double, digits: String) throws {
        let text = WireDate(Date(timeIntervalSince1970: 1_663_117_345 + fraction), zone: .offset).text
        #expect(text.hasPrefix("2022-09-14T01:02:25.\(digits.prefix(5))"))
        #expect(text.count == 33 && text.hasSuffix("+00:00"))
    }

    @Test("unknown names are kept and unknown members passed over")
    func open() throws {
        let text = #"{"id":"c","status":"Paused","colour":7,"settings":{"inputLocation":{}}}"#
        let conversion: AssetConversion = try decode(text)
        #expect(conversion.status == AssetConversionStatus(rawValue: "Paused"))
        #expect(!conversion.status.isPending)
        #expect(conversion.settings == nil)
        let session: RenderingSession = try decode(#"{"id":"s","status":"Dreaming","size":"Huge"}"#)
        #expect(session.size?.rawValue == "Huge" && session.status.rawValue == "Dreaming")
    }

    @Test("error bodies keep details and both spellings of the inner error")
    func errors() throws {
        let text = #"""
            {"error":{"code":"A","message":"m","target":"t","details":[{"code":"B","message":"n"}],
            "innerError":{"code":"C","message":"o","innererror":{"code":"D","message":"p"}}}}
            """#
        let error = try decode(text, as: ServiceErrorEnvelope.self).error
        #expect(error.details.first?.code == "B")
        #expect(error.innerError?.innerError?.code == "D")
        #expect(error.summary == "A: m (at t) [B: n; C: o [D: p]]")
        let again = try JSONDecoder().decode(
            ServiceErrorEnvelope.self, from: JSONEncoder().encode(ServiceErrorEnvelope(error)))
        #expect(again.error == error)
    }

    @Test("settings never print a SAS")
    func silence() {
        let sas = Secret("sv=2021-08-06&sig=planted")
        let settings = AssetConversionSettings(
            input: .init(
                storageContainerURI: "https://a/b", relativeInputAssetPath: "x.fbx", storageContainerReadListSAS: sas),
            output: .init(storageContainerURI: "https://a/c?sig=planted", storageContainerWriteSAS: sas))
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", "\(sas)", String(reflecting: settings), dumped] {
            #expect(!text.contains("planted"), "\(text)")
        }
    }

    @Test(
        "ids are 1 to 256 letters, digits, hyphens and underscores",
        arguments: [
            ("a-B_9", true), ("", false), ("a b", false), ("a/b", false), ("ü", false),
            (String(repeating: "x", count: 256), true), (String(repeating: "x", count: 257), false),
        ])
    func ids(text: String, isID: Bool) { #expect(RemoteRenderingAPI.isID(text) == isID) }
}
