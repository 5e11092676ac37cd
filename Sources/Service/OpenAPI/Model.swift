// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A JSON object of named fields, of a request or an answer.
struct Model: Sendable {
    var name: String
    var fields: [Field]

    /// The fields' values, defaults filled in; members that no field names are passed over.
    ///
    /// - Parameter place: where the object stood: `body`, `query`.
    func read(_ value: JSONValue, at place: JSONValue) -> Result<[String: JSONValue], Faults> {
        guard let members = value.objectValue else {
            return .failure(
                Faults([
                    Fault(
                        "model_attributes_type", "Input should be a valid dictionary or object to extract fields from",
                        value, place: [place])
                ]))
        }
        var (values, faults): ([String: JSONValue], [Fault]) = ([:], [])
        for field in fields {
            let given = members[field.name]
            if given == nil || given == .null, let fallback = field.fallback {
                values[field.name] = fallback
                continue
            }
            guard let given else {
                faults.append(Fault("missing", "Field required", value, place: [place, .string(field.name)]))
                continue
            }
            switch field.check(given) {
            case .success(let value): values[field.name] = value
            case .failure(var fault):
                fault.place = [place, .string(field.name)]
                faults.append(fault)
            }
        }
        return faults.isEmpty ? .success(values) : .failure(Faults(faults))
    }

    /// Everything wrong with a request at once.
    struct Faults: Error, Sendable {
        var list: [Fault]

        init(_ list: [Fault]) { self.list = list }

        /// The body of the answer 422.
        var json: JSONValue { ["detail": .array(list.map(\.json))] }
    }
}
