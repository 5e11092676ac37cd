// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import OmniverseServices
import Rendering

/// Draws what tasks of a Farm Queue ask for, with the arguments of the capture service, or runs the job files they name.
public struct FarmCaptureWork: FarmAgent.Work {
    /// What keeps a task from being done.
    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    private let drawer: CaptureDrawer
    let options: CaptureOptions

    /// - Throws: `HostError` when the folder of pictures cannot be made.
    public init(_ options: CaptureOptions) throws {
        do {
            try FileManager.default.createDirectory(atPath: options.pictures, withIntermediateDirectories: true)
        } catch {
            throw HostError(
                .environment,
                "The folder of pictures \(options.pictures) cannot be made: \(error.localizedDescription)",
                underlying: error)
        }
        self.options = options
        drawer = CaptureDrawer(
            options: options,
            renderers: WarmRenderers(BraynsRendererProvider(options.backend, options: options.rendering)),
            scratch: NSTemporaryDirectory() + "darkroom-farm-\(UUID().uuidString)")
    }

    public func run(_ task: FarmTask, tell: @escaping @Sendable (Double, String) -> Void) async throws -> String {
        // Tasks of services have their arguments with the function, those of programs with the task.
        let arguments = task.arguments.merging(task.functionArguments) { $1 }
        if arguments["job_file"] != nil { return try await render(.object(arguments), tell: tell) }
        let values = try Self.values(CaptureRequest.model, .object(arguments))
        tell(0, "drawing")
        do {
            let name = try await drawer.draw(CaptureRequest(values), id: task.id)
            return "\(options.pictures)/\(name)"
        } catch let failure as CaptureDrawer.Failure {
            throw Refusal(description: failure.message)
        }
    }

    /// The arguments as a model has them.
    static func values(_ model: Model, _ arguments: JSONValue) throws -> [String: JSONValue] {
        do throws(Model.Faults) {
            return try model.read(arguments, at: "task_args").get()
        } catch {
            let faults = error.list.map { fault in
                "\(fault.place.dropFirst().compactMap(\.stringValue).joined(separator: ".")): \(fault.message)"
            }
            throw Refusal(description: "The task's arguments cannot be used: \(faults.joined(separator: "; ")).")
        }
    }

    /// Ends the renderer.
    public func close() async { await drawer.renderers.close() }
}
