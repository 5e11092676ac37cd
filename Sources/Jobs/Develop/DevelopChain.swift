// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// What a job's develop steps amount to.
struct DevelopChain: Sendable {
    /// How noise is taken out, before anything else is done to the light; `nil` for not at all.
    private(set) var denoise: DenoiseSettings?
    /// Stops.
    private(set) var exposure = 0.0
    /// The tone map in the place of the renderer's own.
    private(set) var toneMap: JobFile.DevelopStep.ToneMap = .none
    /// Whether clean edges are asked for at the render's own size too.
    private(set) var cleansAlways = false
    /// Whether the renderer's background is clear.
    let isTransparent: Bool
    /// Samples a pixel: one alone tells nothing of how far it is off.
    let samples: Int
    /// Whether some output has 16 bits a channel.
    private let isDeep: Bool
    /// Planes that are saved as they are.
    private let saved: Set<FloatPlanes.Channel>
    /// Whether anything is saved as it was sent, which only planes can be.
    private let savesBuffers: Bool

    init(_ plan: JobPlan) {
        isTransparent = plan.file.scene.background.map { $0.alpha < 255 } ?? true
        samples = plan.file.render.samples
        isDeep = plan.outputs.contains { $0.settings.depth == 16 }
        let buffers = plan.outputs.filter(\.settings.isBuffers).flatMap(\.settings.channels)
        (saved, savesBuffers) = (Set(buffers.compactMap(\.channel)), !buffers.isEmpty)
        for step in plan.file.develop {
            switch step {
            case .denoise(let strength): denoise = strength == 0 ? nil : DenoiseSettings(strength: Float(strength))
            case .exposure(let stops): exposure += stops
            case .toneMap(let curve): if curve != .none { toneMap = curve }
            case .cleanEdges: cleansAlways = true
            }
        }
    }

    /// Planes besides colour that steps or files need.
    var channels: Set<FloatPlanes.Channel> {
        guard denoise != nil else { return saved }
        var channels = saved.union([.albedo, .normal])
        if samples > 1 { channels.insert(.variance) }
        if guideSamples != nil { channels.formUnion([.fineAlbedo, .fineNormal]) }
        return channels
    }

    /// Samples a pixel of the fine guides that denoising asks for; `nil` where it asks for none.
    ///
    /// They are drawn where the colour's own disagree, and cost a part of what these do. Less than twice as many as the
    /// colour has tell little more than its own, and at few samples thin lines still gain much up to these.
    var guideSamples: Int? {
        guard denoise != nil, samples < Self.mostGuideSamples else { return nil }
        return min(max(Self.leastGuideSamples, 2 * samples), Self.mostGuideSamples)
    }

    private static let leastGuideSamples = 32
    /// As many as a backend draws.
    private static let mostGuideSamples = 1024

    /// Whether 8 bits will not do at all.
    var needsPlanes: Bool { denoise != nil || savesBuffers }

    /// Whether steps change the light itself.
    var changesLight: Bool { denoise != nil || exposure != 0 || toneMap != .none && toneMap != .brayns }

    /// Whether 8 bits are too few for what is asked.
    var wantsPlanes: Bool { changesLight || isDeep || savesBuffers }

    /// Whether an output may be the backend's own bytes: nothing is asked that changes a pixel.
    func leavesUntouched(_ output: PlannedOutput, plan: JobPlan) -> Bool {
        !changesLight && !cleansAlways && output.settings.format == .png && output.settings.depth == 8
            && output.settings.background == nil && output.width == plan.width && output.height == plan.height
    }

    /// The settings of the image core, for float planes.
    var settings: DevelopSettings {
        let curve: ToneMap =
            switch toneMap {
            case .none, .brayns: .brayns
            case .linear: .none
            case .filmic: .filmic
            case .reinhard: .reinhard
            }
        return DevelopSettings(exposure: Float(exposure), toneMap: curve)
    }
}
