// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import Jobs
import Scene

/// One scene on one renderer: its reference, then all its pictures.
struct SceneMeasurement {
    var scene: QualityScene
    var item: LoneItem
    var renderer: any FrameRenderer
    var run: QualityRun
    /// What tells this renderer's pictures from those of others.
    var backend: String

    private var settings: QualitySettings { run.settings }

    func run() async throws -> QualityReport.Scene {
        run.progress("\(scene.name): loading")
        let prepared = try await item.prepare(on: renderer)
        // The first frame of a scene also builds what a renderer puts off until it is needed.
        _ = try await draw(prepared, 1, denoises: true)
        let reference = try await reference(prepared)
        let judge = QualityJudge(reference: reference.light)
        let pictures = settings.pictures.map { QualityPictures(folder: $0, scene: scene.name) }
        try pictures?.save(reference: reference.light)
        var result = QualityReport.Scene(
            name: scene.name, title: scene.title, isReferenceKept: reference.isKept, points: [])
        for samples in settings.samples {
            run.progress("\(scene.name): \(samples) samples")
            let (raw, plain) = try await point(prepared, samples, denoises: false, judge, pictures)
            var (clean, denoised) = try await point(prepared, samples, denoises: true, judge, pictures)
            if plain != 0 { clean.energyChange = denoised / plain - 1 }
            result.points += [raw, clean]
        }
        return result
    }

    /// The time and the error of a picture, and the mean of its light.
    private func point(
        _ prepared: LoneItem.Prepared, _ samples: Int, denoises: Bool, _ judge: borrowing QualityJudge,
        _ pictures: QualityPictures?
    ) async throws -> (QualityReport.Point, light: Double) {
        var drawn = try await draw(prepared, samples, denoises: denoises)
        var (render, denoise): ([Double], [Double]) = ([drawn.seconds], [])
        for _ in 1..<settings.repeats {
            drawn = try await draw(prepared, samples, denoises: denoises)
            render.append(drawn.seconds)
        }
        func light() throws -> PixelBuffer {
            let start = ContinuousClock.now
            let picture = try item.light(of: drawn.frame, samples: samples, denoises: denoises)
            if denoises { denoise.append((ContinuousClock.now - start) / .seconds(1)) }
            return picture
        }
        for _ in 1..<settings.repeats where denoises { _ = try light() }
        let picture = try light()
        try check(picture)
        try pictures?.save(picture, of: drawn.frame, samples: samples, isDenoised: denoises)
        let point = QualityReport.Point(
            samples: samples, isDenoised: denoises, render: Timing(render), denoise: Timing(denoise),
            error: try judge.error(of: picture))
        return (point, QualityJudge.mean(picture.floats()))
    }

    private func draw(
        _ prepared: LoneItem.Prepared, _ samples: Int, denoises: Bool
    ) async throws -> (frame: RenderedFrame, seconds: Double) {
        try Task.checkCancellation()
        let request = try frame(prepared, samples, denoises: denoises)
        let start = ContinuousClock.now
        let frame = try await renderer.render(request)
        return (frame, (ContinuousClock.now - start) / .seconds(1))
    }

    private func frame(_ prepared: LoneItem.Prepared, _ samples: Int, denoises: Bool) throws -> FrameRequest {
        var frame = try prepared.frame(samples: samples, denoises: denoises)
        // Whoever waits for a reference sees how far it is, and can stop it.
        frame.timeout = nil
        if let bounces = scene.bounces { frame.renderer.maxRayBounces = bounces }
        return frame
    }

    /// A server may send another size than was asked for.
    private func check(_ picture: borrowing PixelBuffer) throws {
        guard picture.width == settings.width, picture.height == settings.height else {
            throw RendererError(
                .limits, stage: "render",
                "The server drew \(picture.width)x\(picture.height) pixels where \(settings.width)x\(settings.height) "
                    + "were asked for: give a larger --size.")
        }
    }

    // MARK: The reference

    /// What everything is compared with, and whether it was kept from an earlier measurement.
    private struct Reference: ~Copyable {
        var light: PixelBuffer
        var isKept: Bool
    }

    private func reference(_ prepared: LoneItem.Prepared) async throws -> Reference {
        let request = try frame(prepared, settings.referenceSamples, denoises: false)
        let key = item.key(request, backend: backend)
        if let key {
            do throws(ReferenceStore.Broken) {
                let kept = try run.references.light(key, width: settings.width, height: settings.height)
                if let kept { return Reference(light: kept, isKept: true) }
            } catch {
                run.warn("\(error.message); the reference is drawn again.")
            }
        } else {
            run.warn("\(item.title) cannot be read here, so that its reference is drawn each time.")
        }
        let light = try await drawReference(prepared)
        if let key {
            do { try run.references.keep(light, key) } catch {
                run.warn("The reference is not kept: \((error as? FileError)?.message ?? "\(error)").")
            }
        }
        return Reference(light: light, isKept: false)
    }

    private func drawReference(_ prepared: LoneItem.Prepared) async throws -> PixelBuffer {
        let samples = settings.referenceSamples
        let few = max(1, min(8, samples / 16))
        let expected = try await draw(prepared, few, denoises: false).seconds / Double(few) * Double(samples)
        let (progress, name, start) = (run.progress, scene.name, ContinuousClock.now)
        let ticker = Task {
            while !Task.isCancelled {
                let passed = Int((ContinuousClock.now - start) / .seconds(1))
                progress(
                    "\(name): reference of \(samples) samples, \(passed) s of about \(Int(expected.rounded(.up))) s")
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        defer { ticker.cancel() }
        let frame = try await draw(prepared, samples, denoises: false).frame
        let light = try item.light(of: frame, samples: samples, denoises: false)
        try check(light)
        guard light.floats().allSatisfy(\.isFinite) else {
            throw RendererError(.remote, stage: "render", "\(name): the reference has samples that are not numbers.")
        }
        return light
    }
}
