// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// What a worker knows of the scene it draws.
struct SceneWork: Sendable {
    let index: Int
    let scene: PlannedScene
    let sideFiles: [String]
    let inputs: [InputState]
    /// The source's status from before anyone read it.
    let source: FileSystem.Status?
    /// Where models of stores lie on this machine; `nil` for a scene that needs none.
    let staged: StagedModel?
    /// Why models of stores could not be brought here.
    let failure: ItemFailure?
    /// Set once a renderer holds the scene.
    var prepared: Prepared?

    /// A scene that a renderer holds.
    struct Prepared: Sendable {
        var report: SceneReport
        var camera: SceneCamera
        /// The stages' times, until the scene's first picture takes them.
        var stageSeconds: [String: Double]
    }

    init(_ index: Int, context: RunContext, staged: Result<StagedModel, ItemFailure>? = nil) {
        self.index = index
        scene = context.plan.scenes[index]
        let (model, failure): (StagedModel?, ItemFailure?) =
            switch staged {
            case .success(let model): (model, nil)
            case .failure(let failure): (nil, failure)
            case nil: (nil, nil)
            }
        (self.staged, self.failure) = (model, failure)
        source = context.plan.status(of: scene.source.path)
        sideFiles = context.fingerprinter.sideFiles(scene) { model?.local($0) ?? $0 }
        inputs = context.fingerprinter.inputs(scene, sideFiles: sideFiles)
    }

    /// Why the scene need not even be tried: a source that is gone, empty or too large.
    func obstacle(_ plan: JobPlan) -> ItemFailure? {
        if let failure { return failure }
        let paths =
            plan.file.scene.models.isEmpty
            ? [scene.source.path] : plan.file.scene.models.filter { $0.send == .upload }.map(\.path)
        for path in paths {
            guard let status = plan.status(of: path) else {
                return ItemFailure(stage: "load", blame: .input, "\(path): no such file")
            }
            if status.isFolder { return ItemFailure(stage: "load", blame: .input, "\(path): is a folder, not a model") }
            if status.size == 0 { return ItemFailure(stage: "load", blame: .input, "\(path): the file is empty") }
            if status.size > plan.file.run.limits.bytes {
                return ItemFailure(
                    .skippedByLimit, stage: "load", blame: .limits,
                    "\(path): \(status.size) bytes, over the limit of \(Quantity.text(bytes: plan.file.run.limits.bytes)); --max-bytes lifts it"
                )
            }
        }
        return nil
    }

    /// What the scene's report rules out.
    func objection(_ report: SceneReport, _ plan: JobPlan) -> ItemFailure? {
        let path = scene.source.path
        if let triangles = report.triangles, triangles > plan.file.run.limits.triangles {
            return ItemFailure(
                .skippedByLimit, stage: "load", blame: .limits,
                "\(path): \(triangles) triangles, over the limit of \(Quantity.text(count: plan.file.run.limits.triangles)); --max-triangles lifts it"
            )
        }
        if let missing = report.missingFiles.first, plan.file.sources.missingFiles == .fail || plan.options.isStrict {
            let more = report.missingFiles.count > 1 ? " and \(report.missingFiles.count - 1) more" : ""
            return ItemFailure(stage: "load", blame: .input, "\(path): its file \(missing)\(more) is missing")
        }
        if report.bounds.isEmpty, !plan.file.run.allowEmpty, plan.file.camera.view == nil {
            return ItemFailure(
                .emptyFrame, stage: "load", blame: .input, "\(path): the scene is empty, there is nothing to draw")
        }
        return nil
    }
}
