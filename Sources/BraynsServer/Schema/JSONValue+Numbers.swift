// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension JSONValue {
    /// A number in single precision, as the protocol's peers keep it: the shortest text that reads back the same.
    static func single(_ value: Double) -> JSONValue {
        let single = Float(value)
        guard single.isFinite else { return .plain(single > 0 ? .greatestSingle : -.greatestSingle) }
        return .plain(Double(single.description) ?? Double(single))
    }

    /// A number, without a point when it is whole.
    static func plain(_ value: Double) -> JSONValue {
        if let whole = Int64(exactly: value), abs(whole) < 1 << 53 { return .int(whole) }
        return .double(value)
    }

    static func vector(_ v: Vector3) -> JSONValue { .array([.single(v.x), .single(v.y), .single(v.z)]) }
    static func vector(_ v: SIMD4<Double>) -> JSONValue {
        .array([.single(v.x), .single(v.y), .single(v.z), .single(v.w)])
    }
    static func vector(_ v: SIMD2<Double>) -> JSONValue { .array([.single(v.x), .single(v.y)]) }
}

extension Double {
    static let greatestSingle = Double(Float.greatestFiniteMagnitude)
}
