// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@Suite struct JSONWriterTests {
    @Test(
        "numbers have Brayns' text",
        arguments: [
            (0.000001, "0.000001"), (Double("3.4028235e+38")!, "3.4028235e+38"), (-3.4028235e38, "-3.4028235e+38"),
            (Double(Float(0.07111111283302307)), "0.07111111283302307"), (1, "1"), (-0.0, "0"), (0.1, "0.1"),
            (123456789.25, "123456789.25"), (1e14, "100000000000000"), (1e15, "1e+15"), (1.5e300, "1.5e+300"),
            (1e-15, "0.000000000000001"), (2.5e-16, "2.5e-16"), (-2.5, "-2.5"), (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"),
        ])
    func numbers(number: Double, text: String) {
        #expect(JSONValue.double(number).serialized() == text)
    }

    @Test(
        "single precision is written with its own digits",
        arguments: [
            (Float.greatestFiniteMagnitude, "3.4028235e+38"), (0.1, "0.1"), (1e-6, "0.000001"), (16777216, "16777216"),
            (-0.25, "-0.25"), (.nan, "null"),
        ])
    func singlePrecision(number: Float, text: String) {
        #expect(JSONValue.float(number).serialized() == text)
    }

    @Test("members are sorted by their bytes and nothing is spaced")
    func compactAndSorted() {
        let value: JSONValue = ["b": [1, 2.5, nil], "a": ["é": true, "z": "x", "Z": "y"], "": .int(.min)]
        #expect(
            value.serialized()
                == #"{"":-9223372036854775808,"a":{"Z":"y","z":"x","é":true},"b":[1,2.5,null]}"#)
    }

    @Test("what must be escaped is, and reads back")
    func escapes() throws {
        let text = "\"\\/\u{08}\u{0C}\n\r\t\u{0}\u{1F}\u{7F}é☃😀"
        let written = JSONValue.string(text).serialized()
        #expect(written == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}é☃😀\"")
        #expect(try JSONValue(parsing: written) == .string(text))
    }

    @Test("every number reads back as itself")
    func roundTrip() throws {
        var generator = SplitMix(state: 3)
        for _ in 0..<20_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite, number != 0 else { continue }
            let read = try JSONValue(parsing: JSONValue.double(number).serialized())
            #expect(read.doubleValue == number)
        }
    }

    @Test("every recorded answer goes through reader and writer without a changed byte", arguments: Recording.all)
    func recordedAnswers(recording: Recording) throws {
        for file in recording.files(prefix: "response", suffix: ".json") {
            let text = try #require(recording.text(file))
            #expect(try JSONValue(parsing: text).serialized() == text, "\(file)")
        }
        for line in recording.text("progress.jsonl")?.split(separator: "\n") ?? [] {
            #expect(try JSONValue(parsing: String(line)).serialized() == line)
        }
    }

    @Test("the recordings are there")
    func recordingsExist() { #expect(Recording.all.count > 130) }

    @Test("values go to and from Swift's own types")
    func codable() throws {
        struct Sample: Codable, Equatable {
            var name: String
            var size: [Int]
            var scale: Double?
        }
        let sample = Sample(name: "a/b", size: [1, 2], scale: 0.5)
        let json = try JSONValue(encoding: sample)
        #expect(json == ["name": "a/b", "size": [1, 2], "scale": 0.5])
        #expect(try json.decode(Sample.self) == sample)
        let wrong: JSONValue = ["name": 1]
        #expect(throws: DecodingError.self) { try wrong.decode(Sample.self) }
    }
}
