// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes
import JSONRPC

extension ServiceError.Code {
    /// The route is there, what it was asked about is not: a file, a process, a key.
    public static let missing = ServiceError.Code(rawValue: "missing")
    /// The server's version lacks the route, or has it switched off.
    public static let notSupported = ServiceError.Code(rawValue: "notSupported")
}

/// Reads what a Core says in a refusal.
enum CoreRefusal {
    /// `{"code":404,"message":"…","details":["…"]}`, or what is wrong by setting: `{"tls.enable":["…"]}`.
    static func body(_ bytes: [UInt8]) -> ServiceErrorBody? {
        guard let members = (try? JSONValue(parsing: bytes))?.objectValue else { return nil }
        if let message = members["message"]?.stringValue {
            let details = (members["details"]?.arrayValue ?? []).compactMap(\.stringValue)
            return ServiceErrorBody(
                code: members["code"]?.intValue.map(String.init) ?? "", message: message,
                details: details.map { ServiceErrorBody(code: "", message: $0) })
        }
        let settings = members.keys.sorted().compactMap { name -> ServiceErrorBody? in
            guard let said = members[name]?.arrayValue else { return nil }
            return ServiceErrorBody(
                code: "", message: said.compactMap(\.stringValue).joined(separator: "; "), target: name)
        }
        guard !settings.isEmpty else { return ErrorReading.json(bytes) }
        return ServiceErrorBody(code: "", message: "these settings cannot be", details: settings)
    }

    /// What a refusal is about, where it says so.
    static func kind(of error: ServiceError) -> ServiceError.Code? {
        let details = error.body?.details.map(\.message) ?? []
        switch error.status {
        case 404:
            // The router's own answer to every path and method it has not; handlers name what they did not find.
            if error.body?.message == "Not Found", details == ["Not Found"] { return .notSupported }
            return error.body == nil ? nil : .missing
        case 400: return details == ["unknown process"] ? .missing : nil
        default: return nil
        }
    }
}
