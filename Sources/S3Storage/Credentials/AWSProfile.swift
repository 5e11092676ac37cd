// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// One profile out of the files `~/.aws/credentials` and `~/.aws/config`.
public struct AWSProfile: Sendable {
    public let name: String
    /// Whether one of the files knows it.
    public private(set) var isThere = false
    private var values: [String: String] = [:]

    /// Reads both files; where both have a key, the file of credentials counts.
    ///
    /// - Throws: `ServiceError` with `.noCredential` for a file that is there and cannot be read.
    init(name: String, credentials: String, config: String) throws(ServiceError) {
        self.name = name
        try add(config, section: name == "default" ? ["default", "profile default"] : ["profile \(name)"])
        try add(credentials, section: [name])
    }

    /// A setting; those of a section below are named `s3.addressing_style`.
    public subscript(key: String) -> String? { values[key] }

    private mutating func add(_ file: String, section names: [String]) throws(ServiceError) {
        guard FileManager.default.fileExists(atPath: file) else { return }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ServiceError(.noCredential, "\(file) cannot be read; it may hold the keys of AWS.")
        }
        var (isOurs, above) = (false, "")
        // A carriage return and a newline are one character of Swift's.
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let text = line.trimmingCharacters(in: .whitespaces)
            if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { continue }
            if text.hasPrefix("[") {
                let title = text.dropFirst().prefix { $0 != "]" }.split(whereSeparator: \.isWhitespace)
                isOurs = names.contains(title.joined(separator: " "))
                (isThere, above) = (isThere || isOurs, "")
                continue
            }
            guard isOurs, let equals = text.firstIndex(of: "=") else { continue }
            let key = text[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            let value = text[text.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            let isBelow = line.first?.isWhitespace == true && !above.isEmpty
            if !isBelow { above = value.isEmpty ? key : "" }
            if !value.isEmpty { values[isBelow ? "\(above).\(key)" : key] = value }
        }
    }
}
