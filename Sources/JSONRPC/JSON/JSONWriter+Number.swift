// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// The decimal exponents that are written out in full; beyond them stands an exponent.
    private static let plainExponents = -15..<15

    /// The shortest text that reads back as the same number, in the form that Brayns uses.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number != 0 else { return "0" }
        let (digits, exponent) = shortestDigits(of: number.magnitude)
        let sign = number < 0 ? "-" : ""
        return sign + (plainExponents.contains(exponent) ? plain(digits, exponent) : scientific(digits, exponent))
    }

    /// The significant digits, and the decimal exponent of the first.
    private static func shortestDigits(of number: Double) -> (digits: String, exponent: Int) {
        // Swift's own text has the right digits, only in another form: 1e-06, 123.0.
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let all = whole + fraction
        let leadingZeros = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leadingZeros)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let shift = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return (String(digits), whole.count - 1 - leadingZeros + shift)
    }

    private static func plain(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        if digits.count <= exponent + 1 { return digits + String(repeating: "0", count: exponent + 1 - digits.count) }
        return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        let mantissa = digits.count > 1 ? digits.prefix(1) + "." + digits.dropFirst() : digits[...]
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
    }
}
