// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The binary part of a GLB file with the views and accessors that name its pieces.
struct GLBBuffer {
    /// Kinds of numbers as glTF counts them (specification 2.0, section 3.6.2.2).
    enum Component: Int64 {
        case uint32 = 5125
        case float32 = 5126
    }

    /// What a piece is for (section 5.11.5).
    enum Target: Int64 {
        case vertices = 34962
        case indices = 34963
    }

    private(set) var bytes: [UInt8] = []
    private(set) var views: [JSONValue] = []
    private(set) var accessors: [JSONValue] = []

    /// Adds bytes that are no numbers, such as a picture.
    ///
    /// - Returns: the view's index.
    mutating func add(bytes piece: [UInt8]) -> Int {
        view(of: piece.count, target: nil) { $0.append(contentsOf: piece) }
    }

    /// Adds numbers of `width` a vertex; bounds are written for positions, which need them.
    mutating func add(floats: [Float], width: Int, bounded: Bool = false) -> Int {
        let view = view(of: floats.count * 4, target: .vertices) { bytes in
            floats.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        var accessor = Self.accessor(view, .float32, count: floats.count / width, type: width)
        if bounded { (accessor["min"], accessor["max"]) = Self.range(floats, width) }
        return append(accessor)
    }

    mutating func add(indices: [UInt32]) -> Int {
        let view = view(of: indices.count * 4, target: .indices) { bytes in
            indices.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return append(Self.accessor(view, .uint32, count: indices.count, type: 1))
    }

    private mutating func append(_ accessor: [String: JSONValue]) -> Int {
        accessors.append(.object(accessor))
        return accessors.count - 1
    }

    private mutating func view(of length: Int, target: Target?, _ write: (inout [UInt8]) -> Void) -> Int {
        var view: [String: JSONValue] = [
            "buffer": 0, "byteOffset": .int(Int64(bytes.count)), "byteLength": .int(Int64(length)),
        ]
        view["target"] = target.map { .int($0.rawValue) }
        write(&bytes)
        // Every piece begins at a multiple of four, as numbers of four bytes must.
        while !bytes.count.isMultiple(of: 4) { bytes.append(0) }
        views.append(.object(view))
        return views.count - 1
    }

    private static func accessor(
        _ view: Int, _ component: Component, count: Int, type width: Int
    ) -> [String: JSONValue] {
        [
            "bufferView": .int(Int64(view)), "componentType": .int(component.rawValue), "count": .int(Int64(count)),
            "type": .string(width == 1 ? "SCALAR" : "VEC\(width)"),
        ]
    }

    private static func range(_ floats: [Float], _ width: Int) -> (JSONValue, JSONValue) {
        var low = [Float](repeating: .infinity, count: width)
        var high = [Float](repeating: -.infinity, count: width)
        for (index, value) in floats.enumerated() {
            low[index % width] = min(low[index % width], value)
            high[index % width] = max(high[index % width], value)
        }
        return (.array(low.map { .double(Double($0)) }), .array(high.map { .double(Double($0)) }))
    }
}
