// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// Inputs that Core's own player feeds, on servers with datarhei's commercial ffmpeg.
///
/// All throw `ServiceError` with `.missing` for a process or an input that is not there, or has no player.
extension CoreClient {
    /// Where the player of an input stands.
    public func playoutStatus(_ id: String, input: String) async throws -> CorePlayoutStatus {
        try await fetch(playout(id, input, "status", purpose: "show the player"))
    }

    /// Has the player open its source again.
    public func reopenPlayout(_ id: String, input: String) async throws {
        try await collect(playout(id, input, "reopen", purpose: "reopen the source"))
    }

    /// The last keyframe, as a picture.
    ///
    /// - Parameter name: any name that ends in `.jpg` or `.png`, which chooses the format.
    public func playoutKeyframe(_ id: String, input: String, name: String = "keyframe.png") async throws -> [UInt8] {
        try await collect(playout(id, input, "keyframe/\(PercentEncoding.path(name))", purpose: "show a keyframe"))
            .bytes
    }

    /// Gives the player the picture to show when its source is lost.
    ///
    /// - Parameter name: any name with the ending of the picture's format.
    public func setPlayoutErrorFrame(_ id: String, input: String, name: String, picture: [UInt8]) async throws {
        var call = try playout(
            id, input, "errorframe/\(PercentEncoding.path(name))", .post, purpose: "take an error frame",
            body: .bytes(picture))
        call.headers[.contentType] = "application/octet-stream"
        call.isRepeatable = true
        try await collect(call)
    }

    /// Has the error frame encoded as the stream is.
    public func encodePlayoutErrorFrame(_ id: String, input: String) async throws {
        try await collect(playout(id, input, "errorframe/encode", purpose: "encode the error frame"))
    }

    /// Gives the player another source.
    public func setPlayoutStream(_ id: String, input: String, address: String) async throws {
        var call = try playout(
            id, input, "stream", .put, purpose: "play another source", body: .bytes([UInt8](address.utf8)))
        call.headers[.contentType] = "text/plain"
        try await collect(call)
    }

    private func playout(
        _ id: String, _ input: String, _ route: String, _ method: HTTPRequest.Method = .get, purpose: String,
        body: RequestBody = .none
    ) throws(ServiceError) -> ServiceRequest {
        var call = try call(
            method, ["process", id, "playout", input], purpose: "\(purpose) of input \(input) of process \(id)",
            body: body)
        call.target += "/" + route
        return call
    }
}
