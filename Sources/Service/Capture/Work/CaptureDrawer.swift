// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Rendering

/// Draws one capture after the other on a renderer that is kept warm.
struct CaptureDrawer: Sendable {
    /// Why there is no picture, in one sentence.
    struct Failure: Error {
        var message: String
    }

    let options: CaptureOptions
    let renderers: WarmRenderers
    /// Folder of the ledgers of jobs under way.
    let scratch: String

    /// Draws a capture into the folder of pictures.
    ///
    /// - Returns: the picture's file name.
    /// - Throws: `Failure`; `CancellationError` when the service ends before the picture is there.
    func draw(_ request: CaptureRequest, id: String) async throws -> String {
        guard !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw Failure(message: "The job's id \(id) cannot name a file.")
        }
        let model = try StagePath.resolve(request.stage, roots: options.roots)
        let ledger = "\(scratch)/\(id)"
        defer { try? FileManager.default.removeItem(atPath: ledger) }
        let name = "\(id).png"
        do {
            let job = request.job(
                model: model, picture: Self.literal("\(options.pictures)/\(name)"), ledger: ledger,
                within: options.timeout, maxPixels: options.maxPixels)
            let summary = await JobRunner(plan: try JobPlan(job), provider: renderers).run()
            try Task.checkCancellation()
            if let error = summary.errors.first { throw Failure(message: error.message) }
            guard let item = summary.items.first else { throw Failure(message: "The plan holds no picture.") }
            guard item.result == .done || item.result == .unchanged else {
                throw Failure(message: Self.sentence(item.cause ?? item.result.rawValue))
            }
            return name
        } catch let error as JobError {
            throw Failure(message: Self.sentence(error.message))
        }
    }

    /// A path in which no placeholder is read.
    private static func literal(_ path: String) -> String { path.replacing("{", with: "{{").replacing("}", with: "}}") }

    private static func sentence(_ text: String) -> String {
        let text = text.prefix(1).uppercased() + text.dropFirst()
        return text.hasSuffix(".") ? text : text + "."
    }
}
