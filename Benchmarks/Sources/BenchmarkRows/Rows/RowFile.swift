// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Row: Codable {
    private enum Key: String, CodingKey {
        case benchmark, input, peer, absent
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        benchmark = try fields.decode(String.self, forKey: .benchmark)
        input = try fields.decode(String.self, forKey: .input)
        peer = try fields.decode(String.self, forKey: .peer)
        if let reason = try fields.decodeIfPresent(String.self, forKey: .absent) {
            outcome = .absent(reason)
        } else {
            outcome = .measured(try Figures(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(benchmark, forKey: .benchmark)
        try fields.encode(input, forKey: .input)
        try fields.encode(peer, forKey: .peer)
        switch outcome {
        case .absent(let reason): try fields.encode(reason, forKey: .absent)
        case .measured(let figures): try figures.encode(to: encoder)
        }
    }
}

/// Rows as JSON, one a line.
public enum RowFile {
    /// A row's line, without the newline.
    public static func line(_ row: Row) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(row), as: UTF8.self)
    }

    /// The rows of a file; of a row that was measured again the later one counts.
    ///
    /// - Throws: `Failure` with the number of the line that is no row.
    public static func rows(_ text: String) throws -> [Row] {
        var rows: [Row] = []
        var places: [[String]: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty else { continue }
            guard let row = try? JSONDecoder().decode(Row.self, from: Data(line.utf8)) else {
                throw Failure(line: index + 1)
            }
            let name = [row.benchmark, row.input, row.peer]
            if let place = places[name] {
                rows[place] = row
            } else {
                places[name] = rows.count
                rows.append(row)
            }
        }
        return rows
    }

    /// A line that is no row.
    public struct Failure: Error, CustomStringConvertible {
        public var line: Int
        public var description: String { "line \(line) is no row of a benchmark" }
    }
}
