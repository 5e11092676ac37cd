// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSONRPC

/// What denoising was found to be worth.
public struct QualityReport: Sendable {
    /// One number of samples, with denoising or without.
    public struct Point: Sendable {
        public var samples: Int
        public var isDenoised: Bool
        /// Asking for the frame, drawing and sending it.
        public var render: Timing
        /// None for a picture that was not denoised.
        public var denoise: Timing
        public var error: PictureError
        /// What the mean of the light was changed by denoising, as a share; 0 for a picture that was not denoised.
        public var energyChange = 0.0
        /// Median seconds of both.
        public var seconds: Double { render.median + denoise.median }
    }

    /// A scene's curves.
    public struct Scene: Sendable {
        public var name: String
        public var title: String
        /// Whether the reference had been kept from an earlier measurement.
        public var isReferenceKept: Bool
        /// In ascending order of samples, without denoising before with it.
        public var points: [Point]
    }

    public var program: String
    public var machine: MachineFacts
    public var kernels: String
    public var threads: Int
    /// Name and version of what drew.
    public var backend: String
    public var width: Int
    public var height: Int
    public var referenceSamples: Int
    public var scenes: [Scene] = []

    public init(program: String, kernels: String, threads: Int, backend: String, settings: QualitySettings) {
        (self.program, self.kernels, self.threads, self.backend) = (program, kernels, threads, backend)
        (width, height, referenceSamples) = (settings.width, settings.height, settings.referenceSamples)
        machine = .current()
    }
}

extension QualityReport.Scene {
    /// The points without denoising, or with it.
    public func curve(isDenoised: Bool) -> [QualityReport.Point] { points.filter { $0.isDenoised == isDenoised } }

    /// How many samples without denoising a denoised point is worth by a measure that grows with quality.
    public func worth(_ point: QualityReport.Point, by measure: (PictureError) -> Double?) -> SampleWorth? {
        guard let value = measure(point.error) else { return nil }
        let curve = curve(isDenoised: false).compactMap { raw in
            measure(raw.error).map { (samples: raw.samples, value: $0) }
        }
        return SampleWorth(of: value, on: curve)
    }

    /// The least by PSNR, SSIM and, where there is a clear background, PSNR on what is drawn.
    public func worth(_ point: QualityReport.Point) -> SampleWorth? {
        [
            worth(point) { $0.psnr }, worth(point) { $0.ssim }, worth(point) { $0.drawnPSNR },
        ].compactMap(\.self).min()
    }
}

extension QualityReport {
    /// The whole report; times in seconds.
    public var json: JSONValue {
        get throws {
            [
                "version": 1, "kind": "quality", "program": .string(program), "kernels": .string(kernels),
                "threads": .int(Int64(threads)), "backend": .string(backend),
                "machine": try JSONValue(encoding: machine), "width": .int(Int64(width)), "height": .int(Int64(height)),
                "reference_samples": .int(Int64(referenceSamples)), "scenes": .array(scenes.map(\.json)),
            ]
        }
    }
}

extension QualityReport.Scene {
    var json: JSONValue {
        [
            "name": .string(name), "title": .string(title), "reference_kept": .bool(isReferenceKept),
            "points": .array(
                points.map { point in
                    var members: [String: JSONValue] = [
                        "samples": .int(Int64(point.samples)), "denoised": .bool(point.isDenoised),
                        "seconds": .double(point.seconds), "render": point.render.json, "error": point.error.json,
                    ]
                    guard point.isDenoised else { return .object(members) }
                    members["denoise"] = point.denoise.json
                    members["energy_change"] = .double(point.energyChange)
                    members["worth"] = worth(point).map { .string($0.description) }
                    return .object(members)
                }),
        ]
    }
}
