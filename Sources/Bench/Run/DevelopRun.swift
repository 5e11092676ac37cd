// SPDX-License-Identifier: Apache-2.0
import Compute
import Foundation
import ImageCore

/// The develop chain over frames of 4K on a Vulkan device, by the device's own clock, beside the processor's kernels.
struct DevelopRun: Sendable {
    /// A chain and the frame it is run over.
    struct Chain: Sendable {
        var name: String
        /// Whether the frame is of floats, as the built-in renderer sends it; else of 8 bits, as Brayns does.
        var isDeep: Bool
        var development: Development
        /// Whether noise is taken out first.
        var isDenoised = false

        static func standard(width: Int, height: Int) -> [Chain] {
            let full = Development.Output(width: width, height: height)
            let half = Development.Output(width: width / 2, height: height / 2, format: .rgb8, background: .one)
            let small = [512, 256, 128].map { Development.Output(width: $0, height: max(1, $0 * height / width)) }
            return [("own size", [full]), ("halved over white", [half]), ("three thumbnails", small)]
                .flatMap { name, outputs in
                    [false, true].map { isDeep in
                        var development = Development(outputs: outputs)
                        development.settings = DevelopSettings(exposure: 0.5, toneMap: .filmic)
                        if !isDeep { development.source = .braynsFrame }
                        return Chain(
                            name: "\(name), of \(isDeep ? "floats" : "8 bits")", isDeep: isDeep,
                            development: development)
                    }
                }
        }
    }

    var engine: VulkanEngine
    var settings: BenchSettings
    var width = 3840
    var height = 2160
    /// Whether the denoiser is measured: software takes minutes for a frame of 4K, and has no room for one.
    var denoises: Bool

    init(engine: VulkanEngine, settings: BenchSettings) {
        (self.engine, self.settings, denoises) = (engine, settings, engine.device.isHardware)
    }

    func run(progress: (String) -> Void) throws -> [BenchReport.Developed] {
        let deep = Self.frame(width: width, height: height)
        let shallow = deep.converted(to: .rgba8)
        var chains = Chain.standard(width: width, height: height)
        if denoises, let last = chains.first(where: \.isDeep) {
            chains.append(
                Chain(name: "denoised, \(last.name)", isDeep: true, development: last.development, isDenoised: true))
        }
        let guides = denoises ? Self.guides(width: width, height: height) : DenoiseGuides()
        return try chains.map { chain in
            progress("developing \(chain.name) on \(engine.name)")
            return chain.isDeep ? try measure(chain, deep, guides) : try measure(chain, shallow, guides)
        }
    }

    private func measure(
        _ chain: Chain, _ frame: borrowing PixelBuffer, _ guides: borrowing DenoiseGuides
    ) throws -> BenchReport.Developed {
        let denoise = chain.isDenoised ? DenoiseSettings() : nil
        var (upload, compute, download): ([Double], [Double], [Double]) = ([], [], [])
        var (whole, kernels): ([Double], [Double]) = ([], [])
        for turn in 0..<settings.warmUp + settings.repeats {
            let start = ContinuousClock.now
            _ = try engine.developed(
                frame, chain.development, denoise: denoise, guides: guides, statisticsOver: nil)
            let middle = ContinuousClock.now
            _ = frame.statistics()
            if let denoise {
                _ = try frame.denoised(denoise, guides: guides).developed(chain.development)
            } else {
                _ = frame.developed(chain.development)
            }
            let end = ContinuousClock.now
            guard turn >= settings.warmUp else { continue }
            whole.append((middle - start) / .seconds(1))
            kernels.append((end - middle) / .seconds(1))
            guard let times = engine.times else { continue }
            upload.append(times.upload)
            compute.append(times.compute)
            download.append(times.download)
        }
        return BenchReport.Developed(
            chain: chain.name, device: engine.name, width: width, height: height, upload: Timing(upload),
            compute: Timing(compute), download: Timing(download), whole: Timing(whole), kernels: Timing(kernels))
    }

    /// Surfaces behind that light.
    private static func guides(width: Int, height: Int) -> DenoiseGuides {
        func plane(_ value: (_ x: Int, _ y: Int, _ channel: Int) -> Float) -> PixelBuffer {
            let floats = [Float](unsafeUninitializedCapacity: 3 * width * height) { floats, count in
                for place in 0..<3 * width * height {
                    floats[place] = value(place / 3 % width, place / 3 / width, place % 3)
                }
                count = 3 * width * height
            }
            return PixelBuffer(width: width, height: height, format: .linearRGB, floats: floats)
        }
        var guides = DenoiseGuides()
        guides.albedo = plane { x, y, channel in (x / 64 + y / 64) % 3 == channel ? 0.8 : 0.2 }
        guides.normal = plane { x, _, channel in channel == (x / 64) % 3 ? 1 : 0 }
        guides.variance = plane { _, _, _ in 0.01 }
        return guides
    }

    /// Light with smooth parts, edges, and alpha of every kind.
    private static func frame(width: Int, height: Int) -> PixelBuffer {
        let floats = [Float](unsafeUninitializedCapacity: 4 * width * height) { floats, count in
            for y in 0..<height {
                for x in 0..<width {
                    let place = 4 * (y * width + x)
                    let alpha: Float = (x / 64 + y / 64) % 3 == 0 ? Float(x % 64) / 63 : 1
                    floats[place] = alpha * 2 * Float(x) / Float(width)
                    floats[place + 1] = alpha * Float(y) / Float(height)
                    floats[place + 2] = alpha * Float((x ^ y) & 255) / 255
                    floats[place + 3] = alpha
                }
            }
            count = 4 * width * height
        }
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: floats)
    }
}
