// SPDX-License-Identifier: Apache-2.0

/// Walks through a command line of `--name value` pairs.
struct ArgumentReader {
    private var rest: ArraySlice<String>
    /// The option that was read last, for messages.
    private(set) var option = ""
    /// A value that stood behind an equals sign.
    private var attached: String?

    init(_ arguments: [String]) { rest = arguments[...] }

    /// The next option's name without hyphens, `nil` at the end.
    mutating func next() throws(BraynsServerError) -> String? {
        if let attached { throw .init(.usage, "--\(option) takes no value, but '\(attached)' was given") }
        guard let word = rest.popFirst() else { return nil }
        guard word.hasPrefix("--"), word.count > 2 else {
            throw .init(.usage, "'\(word)' is no option; every option begins with --, see --help")
        }
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        option = String(parts[0])
        if parts.count > 1 { attached = String(parts[1]) }
        return option
    }

    /// The option's value.
    mutating func text() throws(BraynsServerError) -> String {
        if let value = attached {
            attached = nil
            return value
        }
        guard let value = rest.first, !value.hasPrefix("--") else {
            throw .init(.usage, "--\(option) needs a value, see --help")
        }
        rest.removeFirst()
        return value
    }

    /// A whole number within bounds.
    mutating func integer(_ range: ClosedRange<Int>) throws(BraynsServerError) -> Int {
        let text = try text()
        guard let value = Int(text), range.contains(value) else {
            throw .init(
                .usage,
                "--\(option) needs a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return value
    }

    /// A number of seconds above zero.
    mutating func seconds() throws(BraynsServerError) -> Double {
        let text = try text()
        guard let value = Double(text), value > 0, value.isFinite else {
            throw .init(.usage, "--\(option) needs a number above 0, not '\(text)'")
        }
        return value
    }

    /// A truth value; the option alone means true.
    mutating func flag() throws(BraynsServerError) -> Bool {
        if attached == nil, rest.first?.hasPrefix("--") ?? true { return true }
        let text = try text()
        switch text.lowercased() {
        case "true", "1", "on", "yes": return true
        case "false", "0", "off", "no": return false
        default: throw .init(.usage, "--\(option) needs true or false, not '\(text)'")
        }
    }

    /// An amount of bytes, with K, M, G or T for powers of 1024.
    mutating func bytes() throws(BraynsServerError) -> Int {
        let text = try text()
        let units: [Character: Int] = ["k": 10, "m": 20, "g": 30, "t": 40]
        var digits = text.lowercased()
        if digits.hasSuffix("ib") { digits.removeLast(2) } else if digits.hasSuffix("b") { digits.removeLast() }
        let shift = digits.last.flatMap { units[$0] } ?? 0
        if shift > 0 { digits.removeLast() }
        guard let number = Int(digits), number > 0, number <= Int.max >> (shift + 1) else {
            throw .init(.usage, "--\(option) needs an amount such as 4G, not '\(text)'")
        }
        return number << shift
    }

    /// Width and height, as one word with a space or an x between them, or as two words.
    mutating func size(minimum: Int) throws(BraynsServerError) -> (width: Int, height: Int) {
        var text = try text()
        if Int(text) != nil, let second = rest.first, Int(second) != nil {
            text += " " + second
            rest.removeFirst()
        }
        let numbers = text.split(whereSeparator: { $0 == " " || $0 == "x" || $0 == "," }).map { Int($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1], width >= minimum, height >= minimum,
            width <= 1 << 20, height <= 1 << 20
        else {
            throw .init(.usage, "--\(option) needs two numbers from \(minimum) up, such as '800 600', not '\(text)'")
        }
        return (width, height)
    }
}
