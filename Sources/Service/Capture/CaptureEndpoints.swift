// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import OmniverseServices

/// The paths of the capture service.
struct CaptureEndpoints: Sendable {
    let options: CaptureOptions
    let store: CaptureStore
    let worker: CaptureWorker
    let metrics: ServiceMetrics

    /// The path that pictures are handed out under.
    var mount: String { "\(options.prefix)/captured-stage-images" }

    static let answer = Model(
        name: "ViewportCaptureResponseModel",
        fields: [
            Field("success", .flag, "Capture status", "Whether there is a picture.", fallback: false),
            Field(
                "captured_image_path", .text(4096), "Captured image path", "Path of the picture on this server.",
                fallback: .null),
            Field("error_message", .text(65536), "Error message", "Why there is none.", fallback: .null),
            Field("job_id", .text(64), "Job", "The job's id, for /jobs/{job_id}.", fallback: .null),
        ])

    var all: [Endpoint] { probes + captures + jobs }

    /// What capturing and showing takes.
    private var captures: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "\(options.prefix)/capture", summary: "Capture a given USD stage",
                description: "Draws a stage or model and answers with the picture's path, or why there is none.",
                statuses: [(429, "Too many captures wait"), (503, "The service is ending")],
                body: CaptureRequest.model, answer: Self.answer, handler: { try await capture($0) }),
            Endpoint(
                method: .get, path: "\(options.prefix)/capture-application-screenshot",
                summary: "Capture a screenshot of the application",
                description: "The picture that was finished last, at a size asked for.",
                statuses: [(404, "No picture was made yet")], body: Screenshot.arguments, answer: Screenshot.answer,
                handler: { try await Screenshot(options: options, store: store, mount: mount).answer($0) }),
            Endpoint(
                method: .get, path: "\(mount)/{name}", summary: "A captured picture", description: "The file itself.",
                isDocumented: false, handler: { try picture($0) }),
        ]
    }

    private var jobs: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "\(options.prefix)/jobs", summary: "List captures",
                description: "The latest captures, the newest first.",
                query: Model(
                    name: "JobQuery",
                    fields: [Field("limit", .integer(1...500), "Limit", "How many.", fallback: 50)]),
                handler: { try await list($0) }),
            Endpoint(
                method: .get, path: "\(options.prefix)/jobs/{job_id}", summary: "One capture",
                description: "How a capture stands.", statuses: [(404, "No such capture")],
                handler: { try await job($0) }),
            Endpoint(
                method: .delete, path: "\(options.prefix)/jobs/{job_id}", summary: "Cancel a capture",
                description: "Takes a capture that still waits out of the line.",
                statuses: [(404, "No such capture"), (409, "It is under way or over")],
                handler: { try await cancel($0) }),
        ]
    }

    // MARK: What they do

    private func capture(_ call: Endpoint.Call) async throws -> ServiceReply {
        let request = CaptureRequest(call.values)
        guard request.width * request.height <= options.maxPixels else {
            return Self.reply(
                nil,
                error: "A picture of \(request.width)x\(request.height) has more than the \(options.maxPixels) "
                    + "pixels that this service draws.", id: nil)
        }
        guard let record = try await store.add(request, now: Date()) else {
            var reply = ServiceReply.detail(429, "Too many captures wait; ask again later.")
            reply.headers[.retryAfter] = "5"
            return reply
        }
        await worker.wake()
        if call.values["wait"] == .bool(false) { return Self.reply(nil, error: nil, id: record.id) }
        guard let ended = try await worker.outcome(of: record.id), ended.isOver else {
            return .detail(503, "The service is ending; the capture \(record.id) is drawn after its next start.")
        }
        return Self.reply(ended.picture.map { "\(mount)/\($0)" }, error: ended.error, id: ended.id)
    }

    private static func reply(_ path: String?, error: String?, id: String?) -> ServiceReply {
        .json([
            "success": .bool(path != nil), "captured_image_path": path.map { .string($0) } ?? .null,
            "error_message": error.map { .string($0) } ?? .null, "job_id": id.map { .string($0) } ?? .null,
        ])
    }

    private func picture(_ call: Endpoint.Call) throws -> ServiceReply {
        let name = call.path["name"] ?? ""
        guard name.hasSuffix(".png"), !name.contains("/"), !name.hasPrefix("."),
            let data = FileManager.default.contents(atPath: "\(options.pictures)/\(name)")
        else { return .detail(404, "Not Found") }
        var reply = ServiceReply(status: 200, headers: [.contentType: "image/png"], bytes: [UInt8](data))
        reply.headers[.cacheControl] = "private, max-age=31536000, immutable"
        return reply
    }

    private func list(_ call: Endpoint.Call) async throws -> ServiceReply {
        let limit = Int(call.values["limit"]?.intValue ?? 50)
        let records = try await store.list(limit: limit)
        let counts = try await store.counts()
        return .json([
            "jobs": .array(records.map { $0.json(mount: mount) }),
            "counts": .object(counts.mapValues { .int(Int64($0)) }),
        ])
    }

    private func job(_ call: Endpoint.Call) async throws -> ServiceReply {
        guard let record = try await store.get(call.path["job_id"] ?? "") else {
            return .detail(404, "There is no such capture.")
        }
        return .json(record.json(mount: mount))
    }

    private func cancel(_ call: Endpoint.Call) async throws -> ServiceReply {
        let id = call.path["job_id"] ?? ""
        if try await worker.cancel(id) { return try await job(call) }
        guard let record = try await store.get(id) else { return .detail(404, "There is no such capture.") }
        return .detail(409, "The capture is \(record.status) and cannot be cancelled.")
    }
}
