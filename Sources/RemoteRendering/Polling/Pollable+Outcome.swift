// SPDX-License-Identifier: Apache-2.0
import HTTPService

extension AssetConversion: Pollable {
    public var isPending: Bool { status.isPending }

    public func outcome() throws(RemoteRenderingError) -> AssetConversion {
        switch status {
        case .succeeded: return self
        case .failed:
            throw RemoteRenderingError(
                .failed,
                "The conversion \(id) failed: \(Self.sentence(error)) The result.json beside its output may tell more.",
                body: error)
        case .cancelled: throw RemoteRenderingError(.cancelled, "The conversion \(id) was cancelled.", body: error)
        default:
            throw RemoteRenderingError(
                .unknownStatus, "The conversion \(id) is in a state unknown here, \(status.rawValue).", body: error)
        }
    }
}

extension RenderingSession: Pollable {
    public var isPending: Bool { status.isPending }

    public func outcome() throws(RemoteRenderingError) -> RenderingSession {
        switch status {
        case .ready: return self
        case .error:
            throw RemoteRenderingError(
                .failed,
                "The session \(id) failed: \(Self.sentence(error)) That often passes: ask for a new one, or another size.",
                body: error)
        case .expired: throw RemoteRenderingError(.expired, "The lease of the session \(id) is over.", body: error)
        case .stopped: throw RemoteRenderingError(.cancelled, "The session \(id) was stopped.", body: error)
        default:
            throw RemoteRenderingError(
                .unknownStatus, "The session \(id) is in a state unknown here, \(status.rawValue).", body: error)
        }
    }
}

extension Pollable {
    /// What a service says went wrong, ended by one full stop.
    fileprivate static func sentence(_ error: ServiceErrorBody?) -> String {
        let cause = error?.summary ?? "the service does not say why"
        return cause.hasSuffix(".") ? cause : cause + "."
    }
}
