// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Scene

/// A scene whose noise is measured: a job of one picture.
public struct QualityScene: Sendable {
    /// What it is called on a command line and in file names.
    public let name: String
    /// What it shows.
    public let title: String
    /// Bounces after the first hit; the job's own when `nil`.
    let bounces: Int?
    /// Writes what the scene needs into a folder, and gives the job.
    private let make: @Sendable (URL) throws -> JobFile

    /// The first picture of a job of one's own.
    public init(job: JobFile, name: String) {
        (self.name, title, bounces, make) = (name, "the first picture of the job", nil, { _ in job })
    }

    init(_ name: String, _ title: String, make: @escaping @Sendable (URL) throws -> JobFile) {
        (self.name, self.title, bounces, self.make) = (name, title, 4, make)
    }

    /// The job.
    ///
    /// - Parameter folder: an empty one, for as long as the job is used.
    func job(in folder: URL) throws -> JobFile {
        do {
            return try make(folder)
        } catch {
            throw JobError(.environment, "\(folder.path): the scene's files cannot be written", underlying: error)
        }
    }
}

extension JobFile {
    /// A path-traced picture of models, seen from a place that stays.
    init(_ models: [NamedModel], view: View, fovy: Double, lights: [Light], background: PictureColor?) {
        self.init()
        (scene.models, scene.lights, scene.background) = (models, lights, background)
        (camera.view, camera.projection.fovy) = (view, fovy)
        render.renderer = .production
    }
}
