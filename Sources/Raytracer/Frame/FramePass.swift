// SPDX-License-Identifier: Apache-2.0
import CShading
import Dispatch
import Scene
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Cuts a frame's samples into passes over the picture, so short that a tile of one is done within milliseconds:
/// whoever cancels does not wait, however many samples were asked for.
struct FramePasses {
    let samplesPerPass: Int
    let count: Int

    init(samples: Int, occlusionRays: Int) {
        samplesPerPass = max(1, min(samples, 32 / (1 + occlusionRays)))
        count = (samples + samplesPerPass - 1) / samplesPerPass
    }
}

/// Tiles of a frame that are done, for progress.
final class TileCounter: Sendable {
    let passes: FramePasses
    private let total: Int
    private let report: (@Sendable (Double) -> Void)?
    private let state = Mutex((done: 0, told: 0.0))

    /// - Parameter extra: passes after those of the picture.
    init(
        _ passes: FramePasses, _ framebuffer: Framebuffer, extra: Int = 0, _ report: (@Sendable (Double) -> Void)?
    ) {
        self.passes = passes
        self.report = report
        total = (passes.count + extra) * TileGrid(framebuffer.width, framebuffer.height).count
    }

    func finishTile() {
        guard let report else { return }
        state.withLock { state in
            state.done += 1
            let share = Double(state.done) / Double(total)
            guard share - state.told >= 0.01 || state.done == total else { return }
            state.told = share
            report(share)
        }
    }
}

/// Tiles of a picture, row after row.
struct TileGrid {
    static let side = Int(SHADING_TILE_SIDE)
    let columns: Int
    let rows: Int

    init(_ width: Int, _ height: Int) {
        columns = (width + Self.side - 1) / Self.side
        rows = (height + Self.side - 1) / Self.side
    }

    var count: Int { columns * rows }
}

/// Some samples of all pixels, or more samples of the guides where they are needed.
struct FramePass {
    /// What a pass draws.
    enum Work {
        /// All planes but the fine ones, to which it adds.
        case picture
        /// The fine planes, after a number of samples of the picture.
        case guides(after: Int)
    }

    let task: FrameRenderTask
    let camera: shading_camera
    let framebuffer: Framebuffer
    /// Number of the first sample since the framebuffer's reset.
    let first: Int
    let count: Int
    var work = Work.picture

    /// Draws all tiles; `false` when cancelled.
    func run(_ counter: TileCounter, _ isCancelled: @Sendable () -> Bool) -> Bool {
        let tables = SampleTables(
            first: first, count: count, occlusionRays: task.occlusionRays,
            usesSobol: task.settings.kind == .production || task.scene.volumeCount > 0)
        let arena = Arena()
        return withExtendedLifetime(arena) {
            var frame = record(tables, in: arena)
            let empty = emptyTiles(tables.offsets)
            return withUnsafePointer(to: &frame) { drawTiles(SharedFrame(frame: $0), empty, counter, isCancelled) }
        }
    }

    /// The tiles that show the background alone; for pictures of one colour behind all.
    private func emptyTiles(_ offsets: [Float]) -> EmptyTiles? {
        guard case .picture = work, task.settings.kind == .interactive, task.scene.volumeCount == 0,
            task.skipsEmptyTiles
        else { return nil }
        return EmptyTiles(
            task.scene, camera, width: framebuffer.width, height: framebuffer.height, offsets: offsets)
    }

    /// Lets threads take tiles until there are none.
    private func drawTiles(
        _ shared: SharedFrame, _ empty: EmptyTiles?, _ counter: TileCounter, _ isCancelled: @Sendable () -> Bool
    ) -> Bool {
        let grid = TileGrid(framebuffer.width, framebuffer.height)
        let next = Atomic(0)
        let stopped = Atomic(false)
        let table = task.kernels.table
        let draw =
            switch work {
            case .picture: table.render_tile
            case .guides: table.render_guides
            }
        let (width, height) = (Int32(framebuffer.width), Int32(framebuffer.height))
        let side = Int32(TileGrid.side)
        let workers = max(1, min(task.threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), grid.count))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            let scratch = UnsafeMutableRawPointer.allocate(byteCount: Int(SHADING_SCRATCH_BYTES), alignment: 64)
            scratch.initializeMemory(as: UInt8.self, repeating: 0, count: Int(SHADING_SCRATCH_BYTES))
            defer { scratch.deallocate() }
            let mode = shading_flush_denormals()
            defer { shading_restore_denormals(mode) }
            while !stopped.load(ordering: .relaxed) {
                let tile = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard tile < grid.count else { break }
                guard !isCancelled() else {
                    stopped.store(true, ordering: .relaxed)
                    break
                }
                let x = Int32(tile % grid.columns) * side
                let y = Int32(tile / grid.columns) * side
                let (right, bottom) = (min(x + side, width), min(y + side, height))
                if let empty, empty.contains(x0: x, y0: y, x1: right, y1: bottom) {
                    fill(shared.frame, x, y, right, bottom)
                } else {
                    draw(shared.frame, scratch, x, y, right, bottom)
                }
                counter.finishTile()
            }
        }
        return !stopped.load(ordering: .relaxed)
    }

    /// Adds what a tile comes to whose rays all miss, by the kernels' own sums.
    private func fill(_ frame: UnsafePointer<shading_frame>, _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32) {
        let background = frame.pointee.background
        let one = SIMD4(background.0, background.1, background.2, 1 - (1 - background.3))
        let sum = (0..<count).reduce(SIMD4<Float>(repeating: 0)) { sum, _ in sum + one }
        for y in Int(y0)..<Int(y1) {
            let row = framebuffer.color + 4 * (y * framebuffer.width + Int(x0))
            row.withMemoryRebound(to: SIMD4<Float>.self, capacity: Int(x1 - x0)) { pixels in
                for x in 0..<Int(x1 - x0) { pixels[x] += sum }
            }
        }
    }

    private func record(_ tables: SampleTables, in arena: Arena) -> shading_frame {
        let (scene, settings) = (task.scene, task.settings)
        let isOpaque = settings.kind == .production ? scene.isPathOpaque : scene.isOpaque
        let background = SIMD4<Float>(settings.background)
        var frame = scene.frame(seenBy: camera, packetWidth: task.packetWidth)
        frame.is_opaque = isOpaque ? 1 : 0
        frame.path_traced = settings.kind == .production ? 1 : 0
        if settings.kind == .production, scene.hasMetal { frame.metal_albedo = MicrofacetAlbedo.shared.table }
        (frame.width, frame.height) = (Int32(framebuffer.width), Int32(framebuffer.height))
        frame.inverse_width = 1 / Float(framebuffer.width)
        frame.inverse_height = 1 / Float(framebuffer.height)
        frame.sample_count = Int32(clamping: count)
        frame.first_sample = Int32(clamping: first)
        if case .guides(let samples) = work { frame.color_samples = Int32(clamping: samples) }
        frame.pixel_offsets = UnsafePointer(arena.copy(tables.offsets))
        frame.pixel_filter = UnsafePointer(arena.copy(tables.filter))
        frame.occlusion = UnsafePointer(arena.copy(tables.occlusion))
        frame.sobol = UnsafePointer(arena.copy(tables.sobol))
        frame.background = (background.x, background.y, background.z, background.w)
        frame.shadows = settings.shadows ? 1 : 0
        frame.occlusion_rays = Int32(clamping: task.occlusionRays)
        frame.max_bounces = Int32(clamping: settings.maxRayBounces)
        frame.min_contribution = 0.001
        frame.color = framebuffer.color
        (frame.depth, frame.normal, frame.albedo) = (framebuffer.depth, framebuffer.normal, framebuffer.albedo)
        frame.deviation = framebuffer.deviation
        (frame.fine_normal, frame.fine_albedo) = (framebuffer.fineNormal, framebuffer.fineAlbedo)
        return frame
    }
}

/// A frame's record on its way to the threads.
private struct SharedFrame: @unchecked Sendable {
    // Sendable: the record is only read, and outlives the threads' work.
    let frame: UnsafePointer<shading_frame>
}
