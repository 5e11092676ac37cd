// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

extension FloatPlanes {
    /// Reads the planes that a real Brayns exports: a part of the file each, under the plane's name, in channels `R`,
    /// `G`, `B`, `A` as far as it goes; a single plane without a name is the colour.
    ///
    /// - Throws: `CodecError` for a broken file, one without colour, and planes of different sizes.
    package init(exr bytes: [UInt8], limits: ImageLimits) throws(CodecError) {
        let parts = try EXRDecoder.decode(bytes, limits: limits)
        guard let color = parts.first(where: { $0.name == "color" || $0.name == nil && parts.count == 1 }) else {
            throw CodecError(.corrupt, "its buffers have no colour")
        }
        self.init(
            width: color.width, height: color.height, color: try Self.joined(color, 4))
        for part in parts {
            guard let channel = part.name.flatMap(Channel.init) else { continue }
            guard part.width == width, part.height == height else {
                throw CodecError(
                    .corrupt,
                    "its \(channel.rawValue) buffer is \(part.width)x\(part.height) pixels and the colour \(width)x\(height)"
                )
            }
            self[channel] = try Self.joined(part, channel.components)
        }
    }

    /// The channels of a part, pixel by pixel.
    private static func joined(_ part: EXRDecoder.Part, _ components: Int) throws(CodecError) -> [Float] {
        var planes: [[Float]] = []
        for name in ["R", "G", "B", "A"].prefix(components) {
            guard let plane = part.channels[name] else {
                throw CodecError(.corrupt, "its \(part.name ?? "colour") buffer has no channel \(name)")
            }
            planes.append(plane)
        }
        return [Float](unsafeUninitializedCapacity: part.width * part.height * components) { target, count in
            for (c, plane) in planes.enumerated() {
                for i in plane.indices { target[i * components + c] = plane[i] }
            }
            count = part.width * part.height * components
        }
    }

    /// The planes as one OpenEXR file of linear floats.
    ///
    /// - Returns: the file, and names of buffers that the renderer did not send.
    package func exr(
        _ buffers: [JobFile.Output.Buffer], text: [PNGText]
    ) throws(CodecError) -> (bytes: [UInt8], missing: [String]) {
        var channels: [(name: String, samples: [Float])] = []
        var missing: [String] = []
        for buffer in buffers {
            let plane = buffer.channel.map { self[$0] } ?? color
            if plane.isEmpty {
                missing.append(buffer.rawValue)
                continue
            }
            let count = buffer.names.count
            for (c, name) in buffer.names.enumerated() {
                channels.append((name, stride(from: c, to: plane.count, by: count).map { plane[$0] }))
            }
        }
        return (try EXREncoder.encode(width: width, height: height, channels: channels, text: text), missing)
    }
}
