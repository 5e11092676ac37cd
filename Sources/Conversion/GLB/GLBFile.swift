// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The container of a binary glTF 2.0 file (specification section 4.4).
enum GLBFile {
    /// The first four bytes of every such file.
    static let magic = Array("glTF".utf8)

    /// Joins a document and its buffer, which becomes buffer 0.
    ///
    /// - Throws: `ConversionError.limits` beyond 4 GiB, which the container cannot hold.
    static func encode(document: [String: JSONValue], buffer: [UInt8]) throws(ConversionError) -> [UInt8] {
        var document = document
        if !buffer.isEmpty { document["buffers"] = [.object(["byteLength": .int(Int64(buffer.count))])] }
        var text = Array(JSONValue.object(document).serialized().utf8)
        while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: " ")) }
        let length = 12 + 8 + text.count + (buffer.isEmpty ? 0 : 8 + buffer.count)
        guard let whole = UInt32(exactly: length) else {
            throw ConversionError(
                .limits, "The asset needs \(length) bytes as GLB, which can hold 4294967295: split the scene.")
        }
        var file: [UInt8] = []
        file.reserveCapacity(length)
        func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        file += magic + number(2) + number(whole)
        file += number(UInt32(text.count)) + Array("JSON".utf8) + text
        if !buffer.isEmpty { file += number(UInt32(buffer.count)) + [0x42, 0x49, 0x4E, 0x00] + buffer }
        return file
    }
}
