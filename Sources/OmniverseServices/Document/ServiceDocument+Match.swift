// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes
import JSONRPC

extension ServiceDocument {
    /// An operation that a call means.
    struct Match: Sendable {
        var operation: Operation
        /// Percent-encoded, with a leading slash.
        var path: String
        /// Named arguments that stand in the path.
        var used: Set<String>
    }

    /// The one operation that a call can mean; `nil` where none fits, or several do.
    ///
    /// Where both a path with dashes and one with underscores fit, the rule of names decides: dashes.
    func match(_ call: EndpointCall, positional: [String]) -> Match? {
        var found: [(fit: Fit, operations: [Operation])] = []
        for entry in entries {
            guard let fit = fit(entry.template, call, positional) else { continue }
            let operations = entry.operations.filter { call.method == nil || $0.method == call.method }
            if !operations.isEmpty { found.append((fit, operations)) }
        }
        // A literal says more than a parameter, and then a dash more than an underscore.
        guard let best = found.map(\.fit.rank).max() else { return nil }
        let fitting = found.filter { $0.fit.rank == best }
        guard fitting.count == 1, fitting[0].operations.count == 1 else { return nil }
        let fit = fitting[0].fit
        return Match(
            operation: fitting[0].operations[0], path: "/" + fit.path.joined(separator: "/"), used: fit.used)
    }

    /// The method of the only operation of the only path that begins with a chain, as the original client asks for it.
    func onlyMethod(below chain: [String]) -> HTTPRequest.Method? {
        let prefix = "/" + chain.joined(separator: "/")
        let fitting = entries.filter { entry in
            let path = entry.template.map { part in
                switch part {
                case .literal(let text): text
                case .parameter(let name): "{\(name)}"
                }
            }
            return ("/" + path.joined(separator: "/")).hasPrefix(prefix)
        }
        guard fitting.count == 1, fitting[0].operations.count == 1 else { return nil }
        return fitting[0].operations[0].method
    }

    private struct Fit {
        var path: [String] = []
        var used: Set<String> = []
        var literals = 0
        var dashes = 0

        var rank: Int { literals << 16 | dashes }
    }

    /// Lays a call over a path: names over literals, arguments over parameters and, once the names are used up, literals.
    private func fit(_ template: [Part], _ call: EndpointCall, _ positional: [String]) -> Fit? {
        var fit = Fit()
        var (names, values) = (call.segments[...], positional[...])
        for (index, part) in template.enumerated() {
            switch part {
            case .literal(let text):
                if let name = names.first {
                    guard name.text == text || (!name.isExact && name.text == text.replacing("-", with: "_")) else {
                        return nil
                    }
                    names.removeFirst()
                    if name.dashed == text { fit.dashes += 1 }
                } else if values.first == text {
                    values.removeFirst()
                } else {
                    return nil
                }
                fit.literals += 1
                fit.path.append(PercentEncoding.segment(text))
            case .parameter(let name):
                if let value = call.named[name], let text = try? EndpointCall.scalar(value) {
                    fit.used.insert(name)
                    fit.path.append(PercentEncoding.path(text))
                } else if names.isEmpty, index == template.count - 1, values.count > 0 {
                    // The last one takes all that is left: it may be a path itself.
                    fit.path.append(values.map(PercentEncoding.path).joined(separator: "/"))
                    values = []
                } else if let value = values.first {
                    values.removeFirst()
                    fit.path.append(PercentEncoding.path(value))
                } else {
                    return nil
                }
            }
        }
        return names.isEmpty && values.isEmpty ? fit : nil
    }
}
