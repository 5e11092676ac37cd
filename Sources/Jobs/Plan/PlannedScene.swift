// SPDX-License-Identifier: Apache-2.0

/// What one or several pictures are drawn of.
public struct PlannedScene: Hashable, Sendable {
    /// The scene's number in the whole job, from 0.
    public var index: Int
    /// The model file, or the first of the models that the job names.
    public var source: SourceFile

    public init(index: Int, source: SourceFile) { (self.index, self.source) = (index, source) }
}

/// One picture of a plan.
public struct ItemID: Hashable, Sendable {
    /// A place in `JobPlan.scenes`.
    public var scene: Int
    /// A place in `JobPlan.frames`.
    public var frame: Int

    public init(scene: Int, frame: Int) { (self.scene, self.frame) = (scene, frame) }
}

/// A file made from each render, its size settled.
public struct PlannedOutput: Hashable, Sendable {
    public var settings: JobFile.Output
    public var template: OutputTemplate
    /// Pixels of the file.
    public var width: Int
    public var height: Int
}
