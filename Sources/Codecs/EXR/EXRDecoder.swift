// SPDX-License-Identifier: Apache-2.0
import CEXRShim
import ImageCore

/// Reads OpenEXR files: several pictures or one, by scan lines or tiles, of half, float or whole numbers, in every
/// compression that the system's OpenEXR knows.
///
/// The library is loaded with the first file that is read.
public enum EXRDecoder {
    /// One picture of a file.
    public struct Part: Sendable, Hashable {
        /// The part's name; `nil` in a file of one picture that has none.
        public var name: String?
        /// Columns of the data window.
        public var width: Int
        /// Rows of the data window.
        public var height: Int
        /// Samples of each channel by its name, `width * height` floats each, rows from the top, as they stand in the
        /// file: half numbers exactly, whole ones above 2^24 rounded.
        public var channels: [String: [Float]]

        public init(name: String? = nil, width: Int, height: Int, channels: [String: [Float]]) {
            (self.name, self.width, self.height, self.channels) = (name, width, height, channels)
        }
    }

    /// Decodes all pictures of a file.
    ///
    /// - Parameter limits: for each picture; `bytes` for all of them together, as floats.
    /// - Throws: `CodecError`: `.notAnImage`, `.truncated`, `.corrupt`, `.limits`, or `.unsupported` for deep pictures,
    ///   channels of fewer samples than pixels, and where the system has no OpenEXR.
    public static func decode(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(CodecError) -> [Part] {
        guard isEXR(bytes) else { throw CodecError(.notAnImage, "The bytes do not begin as an OpenEXR file does.") }
        if let failure = cexr_load() {
            throw CodecError(
                .unsupported,
                "OpenEXR files cannot be read without the library OpenEXRCore (Debian: libopenexr-3-1-30): "
                    + String(cString: failure))
        }
        let result = bytes.withUnsafeBytes { bytes -> Result<[Part], CodecError> in
            Result { () throws(CodecError) in try EXRFile(bytes, limits: limits).parts() }
        }
        return try result.get()
    }

    /// Whether bytes begin as an OpenEXR file does.
    public static func isEXR(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x76, 0x2F, 0x31, 0x01]) }
}

/// An open file.
private struct EXRFile: ~Copyable {
    private let file: OpaquePointer
    private let limits: ImageLimits

    init(_ bytes: UnsafeRawBufferPointer, limits: ImageLimits) throws(CodecError) {
        guard let start = bytes.baseAddress,
            let file = cexr_open(start, bytes.count, Int32(clamping: min(limits.extent, 1 << 24)))
        else { throw Self.error(.corrupt, "its header cannot be read") }
        (self.file, self.limits) = (file, limits)
    }

    deinit { cexr_close(file) }

    func parts() throws(CodecError) -> [EXRDecoder.Part] {
        var parts: [EXRDecoder.Part] = []
        var bytesLeft = limits.bytes
        for index in 0..<cexr_part_count(file) {
            var header = cexr_part()
            guard cexr_get_part(file, index, &header) == 0 else { throw Self.error(.corrupt, "a header is broken") }
            let name = header.name.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
            let title = name.map { "its part '\($0)'" } ?? "it"
            guard header.is_deep == 0 else { throw Self.error(.unsupported, "\(title) has deep pixels") }
            try check(header, title, &bytesLeft)
            parts.append(
                EXRDecoder.Part(
                    name: name, width: Int(header.width), height: Int(header.height),
                    channels: try channels(index, header, title)))
        }
        guard !parts.isEmpty else { throw Self.error(.corrupt, "it holds no picture") }
        return parts
    }

    /// Refuses pictures that are too large before there is memory for them.
    private func check(_ header: cexr_part, _ title: String, _ bytesLeft: inout Int) throws(CodecError) {
        let (width, height) = (Int(header.width), Int(header.height))
        guard width > 0, height > 0, header.channel_count > 0 else {
            throw Self.error(.corrupt, "\(title) has \(width)x\(height) pixels of \(header.channel_count) channels")
        }
        let isSmall = width <= limits.extent && height <= limits.extent && width <= limits.pixels / height
        guard isSmall, Int(header.channel_count) <= bytesLeft / (4 * width * height) else {
            throw Self.error(
                .limits,
                "\(title) has \(width)x\(height) pixels of \(header.channel_count) channels, more than the limit of "
                    + "\(limits.pixels) pixels and \(limits.bytes) bytes")
        }
        bytesLeft -= Int(header.channel_count) * 4 * width * height
    }

    private func channels(
        _ part: Int32, _ header: cexr_part, _ title: String
    ) throws(CodecError) -> [String: [Float]] {
        var names: [String] = []
        for index in 0..<header.channel_count {
            var channel = cexr_channel()
            guard cexr_get_channel(file, part, index, &channel) == 0 else {
                throw Self.error(.corrupt, "a channel of \(title) is broken")
            }
            let name = channel.name.map { String(cString: $0) } ?? ""
            guard channel.x_sampling == 1, channel.y_sampling == 1 else {
                throw Self.error(.unsupported, "channel \(name) of \(title) has fewer samples than pixels")
            }
            names.append(name)
        }
        let count = Int(header.width * header.height)
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: count * names.count)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0, count: count * names.count)
        let planes = names.indices.map { Optional(memory + count * $0) }
        let code = cexr_read(file, part, planes)
        guard code != CEXR_NOT_KNOWN else {
            throw Self.error(.unsupported, "this system's OpenEXR does not know the compression of \(title)")
        }
        guard code == 0 else { throw Self.error(.corrupt, "the pixels of \(title) cannot be read") }
        var channels: [String: [Float]] = [:]
        for (index, name) in names.enumerated() {
            channels[name] = Array(UnsafeBufferPointer(start: memory + count * index, count: count))
        }
        return channels
    }

    private static func error(_ code: CodecError.Code, _ what: String) -> CodecError {
        let cause = String(cString: cexr_message())
        return CodecError(code, "The OpenEXR file is not read: \(what)\(cause.isEmpty ? "" : " (\(cause))").")
    }
}
