// SPDX-License-Identifier: Apache-2.0
import Foundation
import FoundationXML

/// An XML element with all that is in it.
package struct XMLElementTree: Sendable {
    package var name: String
    package var attributes: [String: String] = [:]
    package var text = ""
    package var children: [XMLElementTree] = []

    /// Reads a document; `nil` when it is not well-formed.
    package static func parse(_ bytes: [UInt8]) -> XMLElementTree? {
        guard !bytes.isEmpty else { return nil }
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        let reader = Reader()
        parser.delegate = reader
        return parser.parse() ? reader.root : nil
    }

    /// The first child of a name.
    package subscript(name: String) -> XMLElementTree? { children.first { $0.name == name } }

    private final class Reader: NSObject, XMLParserDelegate {
        /// Deeper ones than any answer has are not worth the stack.
        private static let deepest = 64
        var root: XMLElementTree?
        private var open: [XMLElementTree] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            guard open.count < Self.deepest else { return parser.abortParsing() }
            open.append(XMLElementTree(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard !open.isEmpty else { return }
            open[open.count - 1].text += text
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            guard let element = open.popLast() else { return }
            if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
        }
    }
}
