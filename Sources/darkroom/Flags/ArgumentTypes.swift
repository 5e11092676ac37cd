// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import ImageCore
import Jobs
import Logging
import Scene

// Words that job files and flags share; what may be written follows from the types.
extension JobFile.RunSettings.FingerprintKind: ExpressibleByArgument {}
extension JobFile.RunSettings.FailOn: ExpressibleByArgument {}
extension JobFile.Sources.Unsupported: ExpressibleByArgument {}
extension JobFile.Sources.MissingFiles: ExpressibleByArgument {}
extension JobFile.Backend.Capture: ExpressibleByArgument {}
extension JobFile.DevelopStep.ToneMap: ExpressibleByArgument {}
extension SceneRequest.Existing: ExpressibleByArgument {}
extension RendererSettings.Kind: ExpressibleByArgument {}
extension PNGCompression: ExpressibleByArgument {}
extension ImageFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
extension ResampleFilter: ExpressibleByArgument {}

/// Reads flags' values, with errors that say what was expected.
enum FlagValue {
    static func bytes(_ text: String) throws -> Int {
        try need(Quantity.bytes(text).flatMap { $0 > 0 ? $0 : nil }, text, "a size such as 4GiB or 512MiB")
    }

    static func count(_ text: String) throws -> Int {
        try need(Quantity.count(text).flatMap { $0 > 0 ? $0 : nil }, text, "a number such as 50M or 2000")
    }

    /// A time, or `none` for no limit.
    static func duration(_ text: String) throws -> Setting<Duration> {
        if text == "none" { return Setting(nil) }
        return Setting(try need(Quantity.duration(text), text, "a time such as 10s, 5m, 1h or none"))
    }

    /// A time that is not without end.
    static func time(_ text: String) throws -> Duration {
        try need(Quantity.duration(text), text, "a time such as 10s, 5m or 1h")
    }

    /// A number from 1 up, or `auto`.
    static func countOrAuto(_ text: String) throws -> Setting<Int> {
        if text == "auto" { return Setting(nil) }
        let number = Int(text).flatMap { (1...4096).contains($0) ? $0 : nil }
        return Setting(try need(number, text, "a number from 1 to 4096, or auto"))
    }

    static func shard(_ text: String) throws -> Setting<Shard> {
        if text == "auto" { return Setting(nil) }
        return Setting(try need(Shard(text), text, "a part such as 3/16, or auto"))
    }

    static func device(_ text: String) throws -> JobFile.Device {
        try need(JobFile.Device(text), text, "cpu, auto, vulkan, or vulkan:N with the number of a device")
    }

    static func failureLimit(_ text: String) throws -> JobFile.RunSettings.FailureLimit {
        try need(JobFile.RunSettings.FailureLimit(text), text, "a share such as 5%, a number, or none")
    }

    static func axis(_ text: String) throws -> Setting<Axis> {
        if text == "auto" { return Setting(nil) }
        let names = Axis.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(try need(Axis(rawValue: text), text, "auto, \(names)"))
    }

    static func size(_ text: String) throws -> PictureSize {
        try need(PictureSize(text), text, "a size such as 1920x1080 or 512, each side from 1 to 65536")
    }

    static func sizes(_ text: String) throws -> [PictureSize] {
        try need(PictureSize.list(text), text, "sizes such as 512 or 512,256,128")
    }

    static func margin(_ text: String) throws -> Double {
        let margin = Quantity.fraction(text).flatMap { (0..<0.5).contains($0) ? $0 : nil }
        return try need(margin, text, "a share such as 5%, below 50%")
    }

    static func views(_ text: String) throws -> [JobFile.FrameSettings.ViewName] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            let names = JobFile.FrameSettings.ViewName.allCases.map(\.rawValue).joined(separator: ", ")
            return try need(JobFile.FrameSettings.ViewName(rawValue: String(name)), String(name), names)
        }
    }

    /// A colour, or `transparent`.
    static func background(_ text: String) throws -> Setting<PictureColor> {
        if text == "transparent" { return Setting(nil) }
        return Setting(try need(PictureColor(text), text, "transparent, white, black or a colour such as #1e1e1e"))
    }

    static func mapping(_ text: String) throws -> JobFile.Backend.PathMapping {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("'\(text)' is not LOCAL=REMOTE.") }
        return JobFile.Backend.PathMapping(local: parts[0], remote: parts[1])
    }

    private static func need<Value>(_ value: Value?, _ text: String, _ expected: String) throws -> Value {
        guard let value else { throw ValidationError("'\(text)' is not \(expected).") }
        return value
    }
}
