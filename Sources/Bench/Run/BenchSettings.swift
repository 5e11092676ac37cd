// SPDX-License-Identifier: Apache-2.0
import Compute
import Rendering

/// How a bench measures.
public struct BenchSettings: Sendable {
    /// Items of each scene and backend that are timed.
    public var repeats = 7
    /// Items before them that are not.
    public var warmUp = 1
    /// Items of one run of the pipeline.
    public var items = 24
    /// Renderers of the pipeline, one after another; `nil` measures one and all cores' worth.
    public var renderers: [Int]?
    public var measuresStages = true
    public var measuresPipeline = true
    public var measuresTransport = true
    /// The Vulkan device that the develop chain is measured on.
    public var device: VulkanEngine?
    /// Root mean square difference, in steps of 1/255, up to which two backends drew the same picture.
    public var tolerance = 2.0
    /// How servers are reached; `partsTransfer` is set as each measurement needs it.
    public var rendering = RenderingOptions()
    /// Threads of the built-in renderer; all that may be used when `nil`.
    public var threads: Int?

    public init() {}
}
