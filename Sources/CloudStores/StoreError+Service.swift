// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Stores

extension StoreError {
    /// What a service's error means for whoever uses the store.
    ///
    /// - Parameters:
    ///   - address: of the store.
    ///   - endpoint: where it was asked.
    ///   - name: of the object, or the start of several.
    package init(_ error: ServiceError, at address: String, endpoint: String, name: String) {
        let place = name.isEmpty ? address : "\(address)/\(name)"
        let code = Self.code(of: error)
        let said = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
        let message: String =
            switch code {
            case .noStore: "\(address): there is no such store at \(endpoint); look at its name and at the endpoint."
            case .noObject: "\(place) is not there."
            case .noCredentials: "\(address): \(error.message)"
            case .denied: "\(place): access is denied; look at the keys and at what they may do: \(said)."
            case .skewed: "\(place): this machine's clock is too far off; set it right: \(said)."
            case .conflict: "\(place) was written by somebody else in the meantime: \(said)."
            case .badName, .badAddress, .file: "\(place): \(error.message)"
            default: "\(place): \(error.message)"
            }
        self.init(code, message, underlying: error)
    }

    private static func code(of error: ServiceError) -> Code {
        switch error.body?.code {
        case "NoSuchBucket", "ContainerNotFound", "ContainerBeingDeleted": return .noStore
        case "NoSuchKey", "BlobNotFound": return .noObject
        case "RequestTimeTooSkewed": return .skewed
        case "BlobAlreadyExists", "ConditionNotMet", "PreconditionFailed", "ConditionalRequestConflict":
            return .conflict
        case "ExpiredToken", "InvalidToken": return .denied
        default: break
        }
        switch error.code {
        case .noCredential: return .noCredentials
        case .badAddress: return .badAddress
        case .badArgument: return .badName
        case .file: return .file
        default: break
        }
        switch error.status {
        case 401, 403: return .denied
        case 404: return .noObject
        case 412: return .conflict
        default: return .remote
        }
    }
}
