// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// Float planes of one picture, from the extension method `render-planes` of Darkroom's own backend.
public struct RenderedPlanes: Sendable, Hashable {
    public var width: Int
    public var height: Int
    /// Rows from the top, tightly packed, as many floats a pixel as the channel has components.
    public var planes: [BufferChannel: [Float]]
}

/// The result part of `render-planes`: where each channel lies in the payload, in bytes.
struct PlaneReply: Codable, Hashable, Sendable {
    struct Channel: Codable, Hashable, Sendable {
        var name: String
        var components: Int
        var offset: Int
        var size: Int
    }

    var width: Int
    var height: Int
    var channels: [Channel]

    /// Cuts the planes out of a payload of little-endian floats.
    func planes(in payload: [UInt8]) throws(BraynsError) -> RenderedPlanes {
        var planes: [BufferChannel: [Float]] = [:]
        for channel in channels {
            guard let name = BufferChannel(rawValue: channel.name) else { continue }
            let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
            let (values, overflow2) = pixels.multipliedReportingOverflow(by: channel.components)
            let (bytes, overflow3) = values.multipliedReportingOverflow(by: 4)
            let (end, overflow4) = channel.offset.addingReportingOverflow(channel.size)
            guard !overflow, !overflow2, !overflow3, !overflow4, width > 0, height > 0, channel.components > 0,
                channel.offset >= 0, channel.size == bytes, end <= payload.count
            else { throw BraynsError(.badReply, "The plane '\(channel.name)' does not fit its reply.") }
            planes[name] = floats(payload, at: channel.offset, count: values)
        }
        return RenderedPlanes(width: width, height: height, planes: planes)
    }

    private func floats(_ payload: [UInt8], at offset: Int, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { target, initialized in
            payload.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count * 4]))
            }
            initialized = count
        }
    }
}
