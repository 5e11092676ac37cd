// SPDX-License-Identifier: Apache-2.0
import Jobs

/// A command line with a place for the address: `braynsService --uri {uri}`.
struct CommandTemplate: Sendable, Hashable {
    /// The words, quotes taken away.
    var words: [String]

    /// A command of words that need no splitting.
    init(words: [String]) { self.words = words }

    /// Splits a command into words as a shell does: blanks part, single and double quotes and backslashes keep.
    ///
    /// - Throws: `RendererError` for an empty command, an open quote or one without `{uri}`.
    init(_ text: String) throws(RendererError) {
        words = try Self.split(text)
        guard !words.isEmpty else { throw Self.refusal("The command that starts a backend is empty.") }
        guard words.contains(where: { $0.contains("{uri}") }) else {
            throw Self.refusal("The command '\(text)' has no {uri}: put it where the server's address belongs.")
        }
    }

    /// The words with the address filled in.
    func filled(uri: String) -> [String] {
        words.map { $0.split(separator: "{uri}", omittingEmptySubsequences: false).joined(separator: uri) }
    }

    private static func split(_ text: String) throws(RendererError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { throw refusal("The command '\(text)' ends within a quote.") }
        if let done = word { words.append(done) }
        return words
    }

    private static func refusal(_ message: String) -> RendererError {
        RendererError(.environment, stage: "start", message)
    }
}
