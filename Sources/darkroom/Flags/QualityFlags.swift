// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bench
import Foundation
import Jobs

/// What `bench --quality` measures.
struct QualityFlags: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            """
            Measure instead what denoising is worth: scenes of few samples with it and without, against one of very \
            many.
            """))
    var quality = false

    @Option(
        help: ArgumentHelp(
            "Measure the first picture of this job, drawn by --backend (default: scenes of its own).", valueName: "file"
        ))
    var job: String?

    @Option(
        help: ArgumentHelp("Samples a pixel, parted by commas (default: 1,2,4,8,16,32,64,128).", valueName: "list"),
        transform: Self.numbers)
    var samples: [Int]?

    @Option(help: ArgumentHelp("Samples of the reference (default: 4096).", valueName: "n"))
    var referenceSamples: Int?

    @Option(help: ArgumentHelp("Pixels of a picture (default: 480x270).", valueName: "WxH"), transform: FlagValue.size)
    var size: PictureSize?

    @Option(
        help: ArgumentHelp(
            "Save all pictures in this folder, and what they were made from as OpenEXR (default: none).",
            valueName: "folder"))
    var pictures: String?

    /// Samples, ascending, each once.
    static func numbers(_ text: String) throws -> [Int] {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard numbers.allSatisfy((1...1_000_000).contains) else {
            throw ValidationError("'\(text)' is not numbers from 1 to 1000000 such as 1,2,4,8.")
        }
        return Set(numbers).sorted()
    }

    /// Whether something is said that only this measurement understands.
    private var isUsed: Bool {
        job != nil || samples != nil || referenceSamples != nil || size != nil || pictures != nil
    }

    func validate() throws {
        if isUsed, !quality {
            throw ValidationError("--job, --samples, --reference-samples, --size and --pictures need --quality.")
        }
        if let referenceSamples, !(1...1_000_000).contains(referenceSamples) {
            throw ValidationError("--reference-samples needs a number from 1 to 1000000.")
        }
        let defaults = QualitySettings()
        let (most, reference) = (
            (samples ?? defaults.samples).max() ?? 1, referenceSamples ?? defaults.referenceSamples
        )
        if quality, most >= reference {
            throw ValidationError(
                "--reference-samples \(reference) has to be more than the \(most) samples that are compared with it.")
        }
        if let size, size.width * size.height > 1 << 26 {
            throw ValidationError("--size \(size) is more than the 64 million pixels that are compared at most.")
        }
    }

    /// The settings, with what the bench's own flags say.
    func settings(repeats: Int?) -> QualitySettings {
        var settings = QualitySettings()
        settings.samples = samples ?? settings.samples
        settings.referenceSamples = referenceSamples ?? settings.referenceSamples
        settings.repeats = repeats ?? settings.repeats
        if let size { (settings.width, settings.height) = (size.width, size.height) }
        settings.pictures = pictures
        return settings
    }

    /// The scenes of these names, or that of the job.
    func scenes(_ names: [String]) throws -> [QualityScene] {
        guard let job else { return QualityScene.standard.filter { names.isEmpty || names.contains($0.name) } }
        let file = try JobFile.load(path: job, environment: ProcessInfo.processInfo.environment)
        let stem = URL(fileURLWithPath: job).deletingPathExtension().lastPathComponent
        return [QualityScene(job: file, name: stem.isEmpty ? "job" : stem)]
    }
}
