// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension JobShape where Value == Duration {
    static let duration = JobShape(
        "a duration such as 10s, 5m or 1h",
        schema: ["type": ["string", "number"], "pattern": "^[0-9.]+(ms|s|m|min|h|d)?$"]
    ) { node in
        node.text.flatMap(Quantity.duration)
    } write: {
        .plain(Quantity.text($0))
    }
}

extension JobShape where Value == Int {
    static let bytes = JobShape(
        "a number of bytes such as 512MiB or 4GiB",
        schema: ["type": ["string", "integer"], "pattern": "^[0-9.]+ *([kKmMgGtT]?([iI]?[bB])?)$"]
    ) { node in
        node.text.flatMap(Quantity.bytes)
    } write: {
        .plain(Quantity.text(bytes: $0))
    }

    static let count = JobShape(
        "a number such as 5000 or 50M", schema: ["type": ["string", "integer"], "pattern": "^[0-9.]+[kKMG]?$"]
    ) { node in
        node.text.flatMap(Quantity.count)
    } write: {
        .plain(Quantity.text(count: $0))
    }
}

extension JobShape where Value == Double {
    /// A part of one, as `5%` or `0.05`.
    static func fraction(_ range: Range<Double>) -> JobShape {
        JobShape(
            "a percentage from \(Quantity.shortest(range.lowerBound * 100))% to below \(Quantity.shortest(range.upperBound * 100))%",
            schema: ["type": ["string", "number"], "pattern": "^[0-9.]+%?$"]
        ) { node in
            node.text.flatMap(Quantity.fraction).flatMap { range.contains($0) ? $0 : nil }
        } write: {
            .plain("\(Quantity.shortest($0 * 100))%")
        }
    }
}

extension JobShape where Value == PictureSize {
    static let size = JobShape(
        "a size such as 1920x1080 or 512 (each side from 1 to 65536)",
        schema: ["type": ["string", "integer"], "pattern": "^[0-9]+(x[0-9]+)?$"]
    ) { node in
        node.text.flatMap { PictureSize($0) }
    } write: {
        .plain($0.description)
    }
}

extension JobShape where Value == PictureColor {
    static let color = JobShape(
        "a colour such as \"#1e1e1e\" (in quotes)",
        schema: ["type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$"]
    ) { node in
        node.text.flatMap { PictureColor($0) }
    } write: {
        .quoted($0.description)
    }
}

extension JobShape where Value == Vector3 {
    static let vector = JobShape(
        "a list of three numbers", schema: ["type": "array", "items": ["type": "number"], "minItems": 3, "maxItems": 3]
    ) { node in
        guard let numbers = node.numbers, numbers.count == 3 else { return nil }
        return Vector3(numbers[0], numbers[1], numbers[2])
    } write: {
        .numbers([$0.x, $0.y, $0.z])
    }
}

extension JobNode {
    /// The finite numbers of a list, or `nil`.
    var numbers: [Double]? {
        guard case .list(let elements) = content else { return nil }
        let numbers = elements.compactMap { $0.text.flatMap { Double($0) } }.filter(\.isFinite)
        return numbers.count == elements.count ? numbers : nil
    }

    static func numbers(_ values: [Double]) -> JobNode {
        JobNode(.list(values.map { .plain(Quantity.shortest($0)) }))
    }
}
