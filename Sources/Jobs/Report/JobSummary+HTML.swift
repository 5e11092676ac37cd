// SPDX-License-Identifier: Apache-2.0
import Codecs

extension JobSummary {
    /// Items shown with a picture; a page of more helps nobody.
    private static let shown = 2000

    /// The HTML report: one page without scripts or outside parts; pictures are linked, not contained.
    ///
    /// - Parameter folder: where the page will lie, for relative links.
    public func html(folder: String) -> String {
        var page = Self.head(Markup.escaped(name))
        page += "<h1>\(Markup.escaped(name))</h1>\n<p>\(Markup.escaped(sentence)) in \(Markup.seconds(seconds)) s"
        if shard.count > 1 { page += ", shard \(shard)" }
        if let backend { page += ", drawn by \(Markup.escaped(backend))" }
        page += ".</p>\n"
        for error in errors { page += "<p class=\"bad\">\(Markup.escaped(error.message))</p>\n" }
        for extra in extras {
            let link = Markup.link(extra, from: folder)
            page += "<p><a href=\"\(link)\">\(Markup.escaped(extra))</a></p>\n"
        }
        page += problems
        page += "<div class=\"grid\">\n"
        let pictures = items.filter { $0.result.isInPlace && !$0.outputs.isEmpty }
        for item in pictures.prefix(Self.shown) {
            let link = Markup.link(item.outputs[0], from: folder)
            let small = Markup.link(item.outputs[item.outputs.count - 1], from: folder)
            page += "<figure><a href=\"\(link)\"><img loading=\"lazy\" src=\"\(small)\" alt=\"\"></a>"
            page += "<figcaption>\(Markup.escaped(item.title))</figcaption></figure>\n"
        }
        page += "</div>\n"
        if pictures.count > Self.shown { page += "<p>and \(pictures.count - Self.shown) more.</p>\n" }
        return page + "</body></html>\n"
    }

    private var problems: String {
        let rows = items.filter { !$0.result.isInPlace || !$0.warnings.isEmpty }
        if rows.isEmpty { return "" }
        var table = "<table><tr><th>item</th><th>result</th><th>stage</th><th>cause</th></tr>\n"
        for item in rows.prefix(Self.shown) {
            let cause = ([item.cause].compactMap(\.self) + item.warnings).joined(separator: "; ")
            table +=
                "<tr><td>\(Markup.escaped(item.title))</td><td>\(item.result.rawValue)\(item.isKnown ? " (known)" : "")</td>"
            table += "<td>\(Markup.escaped(item.stage ?? ""))</td><td>\(Markup.escaped(cause))</td></tr>\n"
        }
        return table + "</table>\n" + (rows.count > Self.shown ? "<p>and \(rows.count - Self.shown) more.</p>\n" : "")
    }

    private static func head(_ title: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(title)</title><style>
        body { font: 14px system-ui, sans-serif; margin: 2em; background: #f6f6f4; color: #222 }
        table { border-collapse: collapse; margin: 1em 0 } td, th { border: 1px solid #ccc; padding: .3em .6em; text-align: left }
        .grid { display: flex; flex-wrap: wrap; gap: 12px } figure { margin: 0; width: 160px }
        img { max-width: 160px; max-height: 160px; background: #fff } figcaption { font-size: 11px; overflow-wrap: anywhere }
        .bad { color: #a00 }
        </style></head><body>

        """
    }
}
