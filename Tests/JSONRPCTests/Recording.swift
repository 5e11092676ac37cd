// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// One recorded exchange with a real Brayns server.
struct Recording: CustomTestStringConvertible, Sendable {
    let name: String

    var testDescription: String { name }

    /// Every folder that holds a recorded exchange, sorted.
    static let all: [Recording] = ["brayns", "brayns/all-plugins"].flatMap { folder in
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.url(folder).path)) ?? []
        return names.filter { $0.first?.isNumber == true }.sorted().map { Recording(name: "\(folder)/\($0)") }
    }

    init(name: String) { self.name = name }

    /// The recording whose folder has this number in front.
    init(number: Int) throws {
        let prefix = String(number) + "-"
        guard let found = Recording.all.first(where: { $0.name.hasPrefix("brayns/" + prefix) }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        self = found
    }

    func bytes(_ file: String) -> [UInt8]? { try? Fixtures.bytes("\(name)/\(file)") }

    func text(_ file: String) -> String? { bytes(file).map { String(decoding: $0, as: UTF8.self) } }

    /// The recorded files whose names match, such as every `response*.json`.
    func files(prefix: String, suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.url(name).path)) ?? []
        return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }.sorted()
    }

    /// What the client sent first, as the transport would deliver it.
    var request: TransportMessage? {
        if let bytes = bytes("request.bin") { return .binary(bytes) }
        return text("request.json").map(TransportMessage.text)
    }
}
