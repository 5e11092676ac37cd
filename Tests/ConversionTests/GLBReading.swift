// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

/// The two parts of a GLB file, as a test reads them back.
struct GLBReading {
    let document: JSONValue
    let buffer: [UInt8]

    init(_ file: [UInt8]) throws {
        func number(_ place: Int) -> Int { (0..<4).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) } }
        try #require(file.count >= 20 && Array(file[..<4]) == Array("glTF".utf8))
        #expect(number(4) == 2 && number(8) == file.count)
        let length = number(12)
        #expect(length.isMultiple(of: 4))
        document = try JSONValue(parsing: Array(file[20..<20 + length]))
        let start = 20 + length + 8
        buffer = start <= file.count ? Array(file[start...]) : []
    }

    /// The numbers that an accessor names.
    func floats(_ accessor: Int) throws -> [Float] {
        let entry = try #require(document["accessors"]?.arrayValue?[accessor])
        let view = try #require(document["bufferViews"]?.arrayValue?[Int(entry["bufferView"]?.intValue ?? -1)])
        let (start, length) = (Int(view["byteOffset"]?.intValue ?? -1), Int(view["byteLength"]?.intValue ?? -1))
        return buffer[start..<start + length].withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
