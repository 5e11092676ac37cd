// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Stores

extension ItemReport {
    /// The item as an object of the JSON report.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "item": .string(title), "source": .string(source), "frame": .int(Int64(frame)),
            "result": .string(result.rawValue), "outputs": .array(outputs.map { .string($0) }),
        ]
        if let stage { members["stage"] = .string(stage) }
        if let cause { members["cause"] = .string(cause) }
        if let blame { members["blame"] = .string(blame.rawValue) }
        if isKnown { members["known"] = true }
        if !warnings.isEmpty { members["warnings"] = .array(warnings.map { .string($0) }) }
        if !stageSeconds.isEmpty { members["seconds"] = .object(stageSeconds.mapValues { .double($0) }) }
        return .object(members)
    }
}

extension JobSummary {
    /// How many items ended each way, by the result's name.
    var countsJSON: JSONValue {
        .object(Dictionary(counts.map { ($0.key.rawValue, .int(Int64($0.value))) }) { first, _ in first })
    }

    /// The JSON report: totals, errors, every item.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "shard": .string(shard.description), "counts": countsJSON,
            "exit": .int(Int64(exitCode.rawValue)), "seconds": .double(seconds),
            "interrupted": .bool(isInterrupted), "errors": .array(errors.map { .string($0.message) }),
            "extras": .array(extras.map { .string($0) }), "items": .array(items.map(\.json)),
        ]
        if let backend { members["backend"] = .string(backend) }
        return .object(members)
    }

    /// The JUnit report: one test case an item; failures fail, unsupported and limited ones are skipped.
    public var junit: String {
        let failed = items.filter { $0.result.isFailure }.count
        let skipped = items.filter { [.unsupported, .skippedByLimit, .interrupted].contains($0.result) }.count
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text +=
            "<testsuite name=\"\(Markup.escaped(name))\" tests=\"\(items.count + errors.count)\" failures=\"\(failed)\" "
        text += "errors=\"\(errors.count)\" skipped=\"\(skipped)\" time=\"\(Markup.seconds(seconds))\">\n"
        for item in items {
            let time = item.stageSeconds.values.reduce(0, +)
            text += "  <testcase classname=\"\(Markup.escaped(name))\" name=\"\(Markup.escaped(item.title))\" "
            text += "time=\"\(Markup.seconds(time))\""
            let message = Markup.escaped("\(item.stage ?? ""): \(item.cause ?? item.result.rawValue)")
            if item.result.isInPlace {
                text += "/>\n"
            } else if item.result.isFailure {
                text += "><failure type=\"\(item.result.rawValue)\" message=\"\(message)\"/></testcase>\n"
            } else {
                text += "><skipped message=\"\(message)\"/></testcase>\n"
            }
        }
        for error in errors {
            text += "  <testcase classname=\"\(Markup.escaped(name))\" name=\"run\"><error type=\"\(error.code)\" "
            text += "message=\"\(Markup.escaped(error.message))\"/></testcase>\n"
        }
        return text + "</testsuite>\n"
    }
}

/// Text made fit for XML and HTML.
enum Markup {
    /// The text with markup escaped; characters that XML forbids become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\r": result += "&#13;"
            case let s where s.value < 32 || s.value == 0xFFFE || s.value == 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A number of seconds with three digits.
    static func seconds(_ value: Double) -> String {
        let thousandths = Int64(exactly: (value * 1000).rounded()) ?? 0
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    /// A path as a link, relative to the folder that the page lies in where both are relative or both absolute.
    static func link(_ path: String, from folder: String) -> String {
        var (target, base) = (
            PathName.normalized(path).split(separator: "/")[...], PathName.normalized(folder).split(separator: "/")[...]
        )
        if StoredFiles.holds(path) {
            // Within one store links lead from page to picture; from elsewhere, the address itself is all there is.
            let store = (try? StoreAddress(path).store.description) ?? path
            guard folder == store || folder.hasPrefix(store + "/") else {
                let scheme = path.prefix { $0 != "/" }
                return scheme + encoded(String(path.dropFirst(scheme.count)))
            }
        } else if StoredFiles.holds(folder) {
            return encoded(path)
        }
        guard path.hasPrefix("/") == folder.hasPrefix("/"), !base.contains("..") else { return encoded(path) }
        while let first = target.first, first == base.first, target.count > 1 {
            (target, base) = (target.dropFirst(), base.dropFirst())
        }
        return encoded((base.map { _ in ".." } + target.map(String.init)).joined(separator: "/"))
    }

    static func encoded(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain || "/._-~".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + Digest.hex([byte]).uppercased()
            }
        }
        return result
    }
}
