// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Raytracer

/// Float planes of one frame, in the order a request named them.
struct PlaneSet: Sendable {
    private struct Plane {
        var name: String
        var components: Int
        var samples: [Float]

        /// The samples of each component by its letter.
        var channels: [(name: String, samples: [Float])] {
            ["R", "G", "B", "A"].prefix(components).enumerated().map { index, letter in
                (letter, stride(from: index, to: samples.count, by: components).map { samples[$0] })
            }
        }
    }

    private let width: Int
    private let height: Int
    private let planes: [Plane]

    init(_ frame: FramePlanes, _ names: [String]) {
        (width, height) = (frame.width, frame.height)
        planes = names.compactMap { name in
            switch name {
            case "color": Plane(name: name, components: 4, samples: frame.color)
            case "depth": Plane(name: name, components: 1, samples: frame.depth)
            case "normal": Plane(name: name, components: 3, samples: frame.normal)
            case "albedo": Plane(name: name, components: 3, samples: frame.albedo)
            case "variance": Plane(name: name, components: 3, samples: frame.variance)
            case "fine_normal": Plane(name: name, components: 3, samples: frame.fineNormal)
            case "fine_albedo": Plane(name: name, components: 3, samples: frame.fineAlbedo)
            default: nil
            }
        }
    }

    /// The names that `render-planes` knows.
    static let names = ["color", "depth", "normal", "albedo", "variance", "fine_normal", "fine_albedo"]

    /// What the ray tracer has to keep for these names.
    static func channels(_ names: [String]) -> FrameChannels {
        var channels = FrameChannels.colorOnly
        if names.contains("depth") { channels.insert(.depth) }
        if names.contains("normal") { channels.insert(.normal) }
        if names.contains("albedo") { channels.insert(.albedo) }
        if names.contains("variance") { channels.insert(.variance) }
        if names.contains("fine_normal") || names.contains("fine_albedo") { channels.formUnion(.fineGuides) }
        return channels
    }

    /// Each name once, in order.
    static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The planes as one OpenEXR file, as a real Brayns writes them: a single plane plainly, several as parts under the
    /// planes' names; the channels are `R`, `G`, `B` and `A` as far as a plane goes.
    func exr() throws -> [UInt8] {
        let parts = planes.map { ($0.name, $0.channels) }
        guard parts.count > 1 else {
            return try EXREncoder.encode(width: width, height: height, channels: planes.first?.channels ?? [])
        }
        return try EXREncoder.encode(width: width, height: height, parts: parts)
    }

    /// The planes as little-endian floats one after another, and where each lies.
    func raw() -> (layout: JSONValue, bytes: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(planes.reduce(0) { $0 + $1.samples.count * 4 })
        var entries: [JSONValue] = []
        for plane in planes {
            let offset = bytes.count
            plane.samples.withUnsafeBytes { bytes.append(contentsOf: $0) }
            entries.append([
                "name": .string(plane.name), "components": .int(Int64(plane.components)),
                "offset": .int(Int64(offset)), "size": .int(Int64(bytes.count - offset)),
            ])
        }
        let layout: JSONValue = [
            "width": .int(Int64(width)), "height": .int(Int64(height)), "channels": .array(entries),
        ]
        return (layout, bytes)
    }
}
