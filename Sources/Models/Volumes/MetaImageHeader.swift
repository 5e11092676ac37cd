// SPDX-License-Identifier: Apache-2.0

/// The head of a MetaImage (`.mhd`), which says where a volume's samples lie and what they are.
package struct MetaImageHeader: Sendable, Hashable {
    package var volume: RawVolume
    /// The file of samples as the head names it.
    package var dataFile: String

    /// Reads lines of `Key = Value` up to the first empty one.
    ///
    /// - Throws: `ModelError` with `.corrupt` for what is missing or no number, `.unsupportedFeature` for what such a
    ///   head may say and is not read here.
    package init(_ text: String, shown: String) throws(ModelError) {
        var entries: [String: String] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(line.filter { $0 != "\r" })
            if line.allSatisfy(\.isWhitespace) { break }
            let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw ModelError(.corrupt, "Line \(number + 1) of \(shown) is not Key = Value.")
            }
            entries[Self.trimmed(sides[0])] = Self.trimmed(sides[1])
        }
        for key in ["ObjectType", "DimSize", "ElementSpacing", "ElementType", "ElementDataFile"]
        where entries[key] == nil {
            throw ModelError(.corrupt, "Incomplete MHD file. Missing \(key)")
        }
        guard entries["ObjectType"] == "Image" else {
            throw ModelError(.unsupportedFeature, "\(shown) describes no image but \(entries["ObjectType"] ?? "").")
        }
        for key in ["CompressedData", "BinaryDataByteOrderMSB"] where entries[key]?.lowercased() == "true" {
            throw ModelError(.unsupportedFeature, "\(shown) says \(key) = True, which is not read.")
        }
        let size = Self.numbers(entries["DimSize"]).compactMap { Int(exactly: $0) }
        let spacing = Self.numbers(entries["ElementSpacing"])
        guard size.count == 3, spacing.count == 3 else {
            throw ModelError(.corrupt, "\(shown) does not give three numbers each as DimSize and ElementSpacing.")
        }
        guard let type = Self.types[entries["ElementType"] ?? ""] else {
            throw ModelError(.unsupportedFeature, "Unsupported data type: \(entries["ElementType"] ?? "")")
        }
        volume = RawVolume(
            dimensions: SIMD3(size[0], size[1], size[2]), spacing: SIMD3(spacing[0], spacing[1], spacing[2]),
            type: type)
        dataFile = entries["ElementDataFile"] ?? ""
    }

    private static let types: [String: VolumeSampleType] = [
        "MET_UCHAR": .uint8, "MET_SHORT": .int16, "MET_USHORT": .uint16, "MET_FLOAT": .float32, "MET_DOUBLE": .float64,
    ]

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func numbers(_ text: String?) -> [Float] {
        (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Float($0) }.filter(\.isFinite)
    }
}
