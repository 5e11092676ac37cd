// SPDX-License-Identifier: Apache-2.0

/// An output path with placeholders.
///
/// - `{rel}` the source's path below the root, with its extension; `{dir}`, `{stem}`, `{ext}` its parts
///   (`{dir}` is `.` for a source that lies in the root itself)
/// - `{name}` the job's name, else the stem of its first model
/// - `{view}` the preset's name, or `view`; `{frame}` the picture's number in its scene, from 0; `{turn}` the
///   turntable's step; `{simulation}` the simulation's frame
/// - `{width}` and `{height}` the file's pixels; `{index}` the scene's number in the job; `{hash}` eight hex digits
///   that belong to `{rel}`; `{uri}` the MD5 of the source's file URI, by which file managers know thumbnails
///
/// A number after a colon pads with zeros: `{frame:4}` is `0007`. `{{` and `}}` stand for braces.
public struct OutputTemplate: Hashable, Sendable {
    /// What placeholders are filled from.
    struct Values {
        var path = ""
        var rel = ""
        var name = ""
        var view = ""
        var frame = 0
        var turn = 0
        var simulation = 0
        var width = 0
        var height = 0
        var index = 0
    }

    enum Field: String, CaseIterable {
        case rel, dir, stem, ext, name, view, frame, turn, simulation, width, height, index, hash, uri
    }

    private enum Part: Hashable, Sendable {
        case text(String)
        case field(Field, digits: Int)
    }

    private let parts: [Part]

    /// Reads a template.
    ///
    /// - Throws: `JobError` of code `usage` for an unknown placeholder or a lone brace.
    public init(_ template: String) throws(JobError) {
        var parts: [Part] = []
        var text = ""
        var rest = template[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            if character == "{" || character == "}", rest.first == character {
                text.append(character)
                rest = rest.dropFirst()
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw JobError(.usage, "output \(template): { without its }; write {{ for a brace")
                }
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(try Self.field(rest[..<end], in: template))
                rest = rest[rest.index(after: end)...]
            } else if character == "}" {
                throw JobError(.usage, "output \(template): } without its {; write }} for a brace")
            } else {
                text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
    }

    private static func field(_ text: Substring, in template: String) throws(JobError) -> Part {
        let pieces = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = pieces.count == 2 ? Int(pieces[1]) : 0
        guard let field = Field(rawValue: String(pieces[0])) else {
            let names = Field.allCases.map(\.rawValue)
            let nearest = EditDistance.nearest(to: String(pieces[0]), among: names)
            let advice = nearest.map { "did you mean {\($0)}?" } ?? "there are {\(names.joined(separator: "} {"))}"
            throw JobError(.usage, "output \(template): unknown placeholder {\(text)}; \(advice)")
        }
        guard let digits, (0...20).contains(digits) else {
            throw JobError(
                .usage, "output \(template): {\(text)} needs a number of digits from 1 to 20 after the colon")
        }
        return .field(field, digits: digits)
    }

    /// Whether the path names the source, so that two sources cannot share it.
    var namesSource: Bool {
        parts.contains { part in
            if case .field(let field, _) = part { return field == .rel || field == .uri }
            return false
        }
    }

    /// Whether the path has a placeholder that changes from scene to scene.
    var variesByScene: Bool { uses([.rel, .dir, .stem, .ext, .index, .hash, .uri]) }

    /// Whether the path has one of these placeholders.
    func uses(_ fields: Set<Field>) -> Bool {
        parts.contains { part in
            if case .field(let field, _) = part { return fields.contains(field) }
            return false
        }
    }

    /// The path with its placeholders filled.
    func path(_ values: Values) -> String {
        var path = ""
        for part in parts {
            switch part {
            case .text(let text): path += text
            case .field(let field, let digits):
                let value = Self.value(field, values)
                if digits > value.count { path += String(repeating: "0", count: digits - value.count) }
                path += value
            }
        }
        return path
    }

    private static func value(_ field: Field, _ values: Values) -> String {
        switch field {
        case .rel: return values.rel
        case .dir:
            let folder = PathName.folder(values.rel)
            return folder.isEmpty ? "." : folder
        case .stem: return PathName.stem(values.rel)
        case .ext: return PathName.fileExtension(values.rel)
        case .name: return values.name
        case .view: return values.view
        case .frame: return String(values.frame)
        case .turn: return String(values.turn)
        case .simulation: return String(values.simulation)
        case .width: return String(values.width)
        case .height: return String(values.height)
        case .index: return String(values.index)
        case .uri: return DesktopThumbnail.name(of: values.path)
        case .hash: return String(Digest.hex(Digest.sha256(Array(values.rel.utf8))).prefix(8))
        }
    }
}
