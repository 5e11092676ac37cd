// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC

/// One call, before it is known what goes where in the request.
public struct EndpointCall: Sendable {
    /// A name of the chain.
    public struct Segment: Sendable, Hashable {
        public var text: String
        /// Whether the text is the path's own, underscores included.
        public var isExact: Bool

        public init(_ text: String, isExact: Bool = false) { (self.text, self.isExact) = (text, isExact) }

        /// The text as the naming rule has it: what reads as an underscore in code is a dash in a path.
        var dashed: String { isExact ? text : text.replacing("_", with: "-") }
    }

    /// How the named arguments travel.
    public enum Style: Sendable, Hashable {
        /// Query of a GET, JSON body of everything else, unless the service's document says otherwise.
        case named
        /// As `data` (text), `json` (any value) and `params` (query), whatever the method.
        case raw
    }

    public var segments: [Segment]
    /// `nil` leaves it to the chain's last name, then to the service's document, then POST.
    public var method: HTTPRequest.Method?
    /// Values that follow the path.
    public var positional: [JSONValue] = []
    public var named: [String: JSONValue] = [:]
    public var headers: HTTPFields = [:]
    public var style = Style.named

    public init(_ segments: [Segment], method: HTTPRequest.Method? = nil) {
        (self.segments, self.method) = (segments, method)
    }

    /// A path as it is, `/` between its segments.
    public init(path: String, method: HTTPRequest.Method? = nil) {
        self.init(path.split(separator: "/").map { Segment(String($0), isExact: true) }, method: method)
    }

    static let verbs: [String: HTTPRequest.Method] = [
        "get": .get, "post": .post, "put": .put, "patch": .patch, "delete": .delete,
    ]

    /// The same call with the verb at the chain's end taken as its method.
    var withVerb: EndpointCall {
        guard method == nil, let last = segments.last, !last.isExact, let verb = Self.verbs[last.text] else {
            return self
        }
        var call = self
        call.segments.removeLast()
        call.method = verb
        return call
    }
}
