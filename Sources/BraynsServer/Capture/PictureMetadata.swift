// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The texts that a snapshot carries, as XMP properties.
struct PictureMetadata: Sendable {
    var title: String
    var description: String
    var whereUsed: String
    var keywords: [String]

    init?(_ parameters: Parameters?) {
        guard let parameters else { return nil }
        title = parameters[text: "title"] ?? ""
        description = parameters[text: "description"] ?? ""
        whereUsed = parameters[text: "where_used"] ?? ""
        keywords = (parameters[list: "keywords"] ?? []).compactMap(\.stringValue)
    }

    /// The properties without a surrounding packet, as real Brayns pictures hold them; reserved characters escaped.
    var xmp: String {
        let items = keywords.map { "<rdf:li>\(Self.escaped($0))</rdf:li>" }.joined()
        return "<photoshop:Headline>\(Self.escaped(title))</photoshop:Headline>"
            + "<dc:description>\(Self.escaped(description))</dc:description>"
            + "<Iptc4xmpExt:Event>\(Self.escaped(whereUsed))</Iptc4xmpExt:Event>"
            + "<dc:subject><rdf:Bag>\(items)</rdf:Bag></dc:subject>"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
