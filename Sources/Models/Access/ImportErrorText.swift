// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes sentences of what Assimp says when it cannot read a file.
enum ImportErrorText {
    /// - Parameters:
    ///   - text: Assimp's own words.
    ///   - missing: side files that it asked for in vain.
    static func error(_ text: String, shown: String, format: String, missing: [String]) -> ModelError {
        let lower = text.lowercased()
        if let name = missing.last, lower.contains("could not open") || lower.contains("failed to open") {
            return ModelError(.missingFile, "\(shown) needs the file \"\(name)\", which is not there.")
        }
        if lower.contains("no suitable reader") {
            return ModelError(
                .unsupportedFormat, "\(shown) does not look like a \(format.uppercased()) file inside.")
        }
        if lower.contains("bad_alloc") || lower.contains("length_error") || lower.contains("out of memory") {
            return ModelError(
                .corrupt, "\(shown) asks for more memory than there is: its counts are damaged, or it is too large.")
        }
        let reason = cleaned(text)
        let isLacking = lower.contains("not supported") || lower.contains("unsupported")
        return ModelError(
            isLacking ? .unsupportedFeature : .corrupt,
            "\(shown) cannot be read as \(format.uppercased()): \(reason).")
    }

    /// One line without the reader's name in front, paths or a full stop at the end.
    static func cleaned(_ text: String) -> String {
        var line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        for mark in ["Importer: ", "DeadlyImportError: "] {
            if let range = line.range(of: mark) { line = String(line[range.upperBound...]) }
        }
        // "OBJ: Invalid face index", "FBX-Tokenize (offset 0x23) block …": the format is said already.
        if let colon = line.range(of: ": "), line[..<colon.lowerBound].count <= 12,
            !line[..<colon.lowerBound].contains(" ")
        {
            line = String(line[colon.upperBound...])
        }
        line = line.trimmingCharacters(in: CharacterSet(charactersIn: " .\t\0"))
        line = String(line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.map(Character.init))
        if line.count > 200 { line = line.prefix(200) + "…" }
        guard let first = line.first, let second = line.dropFirst().first, second.isLowercase else {
            return line.isEmpty ? "the contents make no sense" : line
        }
        return first.lowercased() + line.dropFirst()
    }
}
