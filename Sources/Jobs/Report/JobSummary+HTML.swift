// SPDX-License-Identifier: Apache-2.0

extension JobSummary {
    /// The HTML report: one page that loads nothing from elsewhere; pictures are linked, not contained.
    ///
    /// Items are data in the page, and a script of its own shows as many as fit a screen's worth at a time, so that a
    /// page of 200,000 items opens like one of ten. Without scripts it shows the totals and the first problems.
    /// - Parameter folder: where the page will lie, for relative links.
    public func html(folder: String) -> String {
        let rows = HTMLRows(items, folder: folder)
        var page = HTMLPage.head(title: Markup.escaped(name))
        page += "<h1>\(Markup.escaped(name))</h1>\n<p>\(Markup.escaped(sentence)) in \(Markup.seconds(seconds)) s"
        if shard.count > 1 { page += ", shard \(shard)" }
        if let backend { page += ", drawn by \(Markup.escaped(backend))" }
        page += ".</p>\n"
        for error in errors { page += "<p class=\"bad\">\(Markup.escaped(error.message))</p>\n" }
        for extra in extras {
            let link = Markup.link(extra, from: folder)
            page += "<p><a href=\"\(link)\">\(Markup.escaped(extra))</a></p>\n"
        }
        page += HTMLPage.controls(counts) + "<noscript>\n" + problems + "</noscript>\n"
        page += "<script type=\"application/json\" id=\"rows\">"
        page += rows.json
        return page + "</script>\n" + HTMLPage.script + "</body></html>\n"
    }

    /// The first items that are not in place, for readers without scripts.
    private var problems: String {
        let rows = items.filter { !$0.result.isInPlace }
        if rows.isEmpty { return "" }
        var table = "<table><tr><th>item</th><th>result</th><th>cause</th></tr>\n"
        for item in rows.prefix(200) {
            table += "<tr><td>\(Markup.escaped(item.title))</td><td>\(item.result.rawValue)</td>"
            table += "<td>\(Markup.escaped(item.cause ?? ""))</td></tr>\n"
        }
        return table + "</table>\n" + (rows.count > 200 ? "<p>and \(rows.count - 200) more.</p>\n" : "")
    }
}

/// The items of a page as JSON, small: links that follow from the title are left out.
private struct HTMLRows {
    let json: String

    init(_ items: [ItemReport], folder: String) {
        let results = ItemResult.allCases
        let codes = Dictionary(uniqueKeysWithValues: results.enumerated().map { ($1, $0) })
        let (prefix, suffix) = Self.frame(items, folder: folder)
        var text = "{\"prefix\":\(Self.quoted(prefix)),\"suffix\":\(Self.quoted(suffix)),\"results\":["
        text += results.map { Self.quoted($0.rawValue) }.joined(separator: ",") + "],\"items\":[\n"
        for (index, item) in items.enumerated() {
            if index > 0 { text += ",\n" }
            text += "[\(Self.quoted(item.title)),\(codes[item.result] ?? 0)"
            text += Self.tail(item, folder: folder, prefix: prefix, suffix: suffix) + "]"
        }
        json = text + "]}"
    }

    /// What stands around the title in the links of this job, told by its first picture.
    private static func frame(_ items: [ItemReport], folder: String) -> (String, String) {
        guard let first = items.first(where: { $0.result.isInPlace && !$0.outputs.isEmpty }) else { return ("", "") }
        let (link, title) = (Markup.link(first.pictures[0], from: folder), Markup.encoded(first.title))
        guard let range = link.firstRange(of: title) else { return ("", "") }
        return (String(link[..<range.lowerBound]), String(link[range.upperBound...]))
    }

    /// Link, small picture's link, and words: each 0 where there is nothing to say.
    private static func tail(_ item: ItemReport, folder: String, prefix: String, suffix: String) -> String {
        var words = item.warnings
        if let cause = item.cause {
            words.insert([item.stage, cause].compactMap(\.self).joined(separator: ": "), at: 0)
        }
        if item.isKnown { words.append("known from before") }
        var (link, small): (String?, String?)
        if item.result.isInPlace, let first = item.pictures.first, let last = item.pictures.last {
            let own = Markup.link(first, from: folder)
            if own != prefix + Markup.encoded(item.title) + suffix { link = own }
            if item.pictures.count > 1 { small = Markup.link(last, from: folder) }
        }
        if link == nil, small == nil, words.isEmpty { return "" }
        let parts = [link, small, words.isEmpty ? nil : words.joined(separator: "; ")]
        return parts.map { "," + ($0.map(quoted) ?? "0") }.joined()
    }

    /// A JSON string that cannot end the script element around it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "<": result += "\\u003c"
            case let s where s.value < 32 || s.value == 0x2028 || s.value == 0x2029:
                let digits = String(s.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
