// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How Core writes JSON: names in snake case, numbers as it pleases.
enum CoreJSON {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return [UInt8](try encoder.encode(value))
    }
}

// Core's versions and ffmpeg builds write the same member as 0, 0.0, 0.984 or "0.984". These take the place of the
// standard library's in all the wire types of this module.
extension KeyedDecodingContainer {
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let number = try? decode(Double.self, forKey: key) { return number }
        let text = try decode(String.self, forKey: key)
        guard let number = Double(text) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "\(text) is no number")
        }
        return number
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        if let whole = try? decode(Int.self, forKey: key) { return whole }
        guard let number = try decodeIfPresent(Double.self, forKey: key) else { return nil }
        guard let whole = Int(exactly: number.rounded(.towardZero)) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "\(number) is out of range")
        }
        return whole
    }
}
