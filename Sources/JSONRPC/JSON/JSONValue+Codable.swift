// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONValue {
    /// Reads a value of a type that Foundation's JSON decoder can make.
    ///
    /// - Throws: `DecodingError` with the path to what did not fit.
    public func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try JSONDecoder().decode(type, from: Data(serialized().utf8))
    }

    /// Takes a value that Foundation's JSON encoder can write.
    ///
    /// - Throws: `EncodingError`, for instance for a number that is not finite.
    public init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        try self.init(parsing: [UInt8](encoder.encode(value)))
    }
}
