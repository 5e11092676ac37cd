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

    func run(progress: (String) -> Void) throws -> [BenchReport.Developed] {
        let deep = Self.frame(width: width, height: height)
        let shallow = deep.converted(to: .rgba8)
        return try Chain.standard(width: width, height: height).map { chain in
            progress("developing \(chain.name) on \(engine.name)")
            return chain.isDeep ? try measure(chain, deep) : try measure(chain, shallow)
        }
    }

    private func measure(_ chain: Chain, _ frame: borrowing PixelBuffer) throws -> BenchReport.Developed {
        var (upload, compute, download): ([Double], [Double], [Double]) = ([], [], [])
        var (whole, kernels): ([Double], [Double]) = ([], [])
        for turn in 0..<settings.warmUp + settings.repeats {
            let start = ContinuousClock.now
            _ = try engine.developed(frame, chain.development)
            let middle = ContinuousClock.now
            _ = frame.statistics()
            _ = frame.developed(chain.development)
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
