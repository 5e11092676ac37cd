// SPDX-License-Identifier: Apache-2.0

/// Reads Neurolucida's ASC files: trees of places in parentheses.
struct ASCReader {
    private enum Token: Equatable {
        case open
        case close
        case fork
        case word(Substring)
    }

    private var tokens: [Token] = []
    private var next = 0
    private var morphology = Morphology()
    private var nextID = 1
    private let shown: String

    /// Reads a file's text.
    ///
    /// - Throws: `ModelError` with `.corrupt` where parentheses do not fit or places are no numbers.
    static func read(_ text: String, shown: String) throws(ModelError) -> Morphology {
        var reader = ASCReader(text, shown: shown)
        while reader.next < reader.tokens.count {
            guard reader.tokens[reader.next] == .open else {
                reader.next += 1
                continue
            }
            try reader.readBlock()
        }
        guard reader.morphology.soma != nil || !reader.morphology.sections.isEmpty else {
            throw ModelError(.empty, "\(shown) holds no soma and no branches.")
        }
        return reader.morphology
    }

    private init(_ text: String, shown: String) {
        self.shown = shown
        for line in text.split(whereSeparator: \.isNewline) {
            let code = line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
            var word = code.startIndex..<code.startIndex
            func isEnd(_ character: Character) -> Bool {
                character.isWhitespace || character == "," || "()|<>".contains(character)
            }
            for index in code.indices {
                let character = code[index]
                guard isEnd(character) else {
                    word = (word.isEmpty ? index : word.lowerBound)..<code.index(after: index)
                    continue
                }
                if !word.isEmpty { tokens.append(.word(code[word])) }
                word = code.startIndex..<code.startIndex
                switch character {
                case "(": tokens.append(.open)
                case ")": tokens.append(.close)
                case "|": tokens.append(.fork)
                default: break
                }
            }
            if !word.isEmpty { tokens.append(.word(code[word])) }
        }
    }

    /// A block at the top: a contour of the soma, a tree, or something that is not drawn.
    private mutating func readBlock() throws(ModelError) {
        let start = next
        let kind = kindOfBlock()
        next = start + 1
        guard let kind else { return try skip(from: start) }
        if kind == .soma {
            let samples = try readSamples()
            try skip(from: start)
            morphology.soma = .init(form: samples.count == 1 ? .point : .contour, samples: samples)
            return
        }
        try readTree(kind)
    }

    /// The words in the block's own first level say what it is.
    private func kindOfBlock() -> Morphology.Kind? {
        var depth = 0
        for token in tokens[next...] {
            switch token {
            case .open: depth += 1
            case .close:
                depth -= 1
                if depth == 0 { return nil }
            case .word(let word) where depth <= 2:
                switch word.lowercased() {
                case "cellbody", "\"cellbody\"": return .soma
                case "axon": return .axon
                case "dendrite": return .dendrite
                case "apical": return .apicalDendrite
                default: break
                }
            default: break
            }
        }
        return nil
    }

    /// A tree without recursion: each open fork keeps its section and where it began.
    private mutating func readTree(_ kind: Morphology.Kind) throws(ModelError) {
        var forks: [(parent: Int, last: Morphology.Sample)] = []
        var parent = -1
        var lead: [Morphology.Sample] = []
        while true {
            let samples = lead + (try readSamples())
            let id = nextID
            if samples.count > lead.count {
                nextID += 1
                morphology.sections.append(.init(id: id, parent: parent, kind: kind, samples: samples))
            }
            guard next < tokens.count else { throw unbalanced }
            switch tokens[next] {
            case .open:
                guard let last = samples.last else { throw unbalanced }
                forks.append((id, last))
                (parent, lead) = (id, [last])
                next += 1
            case .fork:
                guard let fork = forks.last else { throw unbalanced }
                (parent, lead) = (fork.parent, [fork.last])
                next += 1
            default:
                next += 1
                // One that closes a fork; what follows it up to the next closing one belongs to nothing.
                guard forks.popLast() != nil else { return }
                try closeForks(&forks, &parent, &lead)
                if forks.isEmpty && lead.isEmpty { return }
            }
        }
    }

    /// Goes on behind a closed fork: with the next branch of the one around it, or out of the tree.
    private mutating func closeForks(
        _ forks: inout [(parent: Int, last: Morphology.Sample)], _ parent: inout Int, _ lead: inout [Morphology.Sample]
    ) throws(ModelError) {
        while next < tokens.count {
            defer { next += 1 }
            switch tokens[next] {
            case .fork:
                guard let fork = forks.last else { throw unbalanced }
                (parent, lead) = (fork.parent, [fork.last])
                return
            case .close:
                guard forks.popLast() != nil else { return lead = [] }
            default: break
            }
        }
        throw unbalanced
    }

    /// Places up to a fork or the end; blocks that are no places are left out.
    private mutating func readSamples() throws(ModelError) -> [Morphology.Sample] {
        var samples: [Morphology.Sample] = []
        while next < tokens.count {
            switch tokens[next] {
            case .word: next += 1
            case .fork, .close: return samples
            case .open:
                if let sample = sample(at: next) {
                    samples.append(sample)
                    try skip(from: next)
                } else if beginsFork(at: next) {
                    return samples
                } else {
                    try skip(from: next)
                }
            }
        }
        throw unbalanced
    }

    /// Whether a parenthesis holds branches: its first content is another parenthesis with a place or branches.
    private func beginsFork(at start: Int) -> Bool {
        var place = start + 1
        // Writers open three at most in a row; a file of nothing else must not be read over and over.
        while place < min(tokens.count, start + 64), tokens[place] == .open {
            if sample(at: place) != nil { return true }
            place += 1
        }
        return false
    }

    private func sample(at start: Int) -> Morphology.Sample? {
        var numbers: [Float] = []
        for token in tokens[(start + 1)...].prefix(4) {
            guard case .word(let word) = token, let number = Float(word), number.isFinite else { break }
            numbers.append(number)
        }
        guard numbers.count >= 3 else { return nil }
        return .init(
            position: SIMD3(numbers[0], numbers[1], numbers[2]), radius: numbers.count > 3 ? max(0, numbers[3] / 2) : 0)
    }

    private mutating func skip(from start: Int) throws(ModelError) {
        var depth = 0
        next = start
        while next < tokens.count {
            if tokens[next] == .open { depth += 1 }
            if tokens[next] == .close { depth -= 1 }
            next += 1
            if depth == 0 { return }
        }
        throw unbalanced
    }

    private var unbalanced: ModelError {
        ModelError(.corrupt, "\(shown) has parentheses that do not fit together.")
    }
}
