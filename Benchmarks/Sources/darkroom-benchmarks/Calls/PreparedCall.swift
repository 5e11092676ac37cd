// SPDX-License-Identifier: Apache-2.0

/// A call with everything that is not to be timed already done.
struct PreparedCall {
    /// Units of work of one call: bytes of raw pixels as a rule.
    var work: Double
    /// Makes the call; gives the bytes of the file that it makes, where it makes one.
    var run: () throws -> Int?
}

/// The options of a call.
struct CallOptions {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    func text(_ name: String) throws -> String {
        guard let value = values[name] else { throw Failure("the option \(name) is missing") }
        return value
    }

    func text(_ name: String, or other: String) -> String { values[name] ?? other }

    func number(_ name: String, or other: Int) throws -> Int {
        guard let value = values[name] else { return other }
        guard let number = Int(value) else { throw Failure("\(name) is no number: \(value)") }
        return number
    }

    /// An option such as 512x288.
    func size() throws -> (width: Int, height: Int) {
        let text = try text("size")
        let sides = text.split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy({ $0 > 0 }) else { throw Failure("\(text) is no size") }
        return (sides[0], sides[1])
    }

    /// The file of the frame.
    func frame() throws -> String { try "\(text("work"))/frames/\(text("frame"))" }

    /// The file of the model.
    func model() throws -> String { try "\(text("work"))/models/\(text("model"))" }
}
