// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore

/// A picture's file to a small picture's file.
enum ThumbnailCalls {
    static func thumbnail(_ options: CallOptions) throws -> PreparedCall {
        let source = try options.frame()
        let target = try "\(options.text("work"))/thumbnail-darkroom.png"
        let encoder = PNGEncoder(compression: .fast)
        return PreparedCall(work: 1) {
            let frame = try ImageDecoder.decode(Frame.file(source), atLeastWidth: 256, height: 144)
            let bytes = try encoder.encode(frame.resized(width: 256, height: 144))
            try Data(bytes).write(to: URL(fileURLWithPath: target))
            return bytes.count
        }
    }

    /// Debian's program, several files a start, as people run it over a folder.
    static func vipsthumbnail(_ options: CallOptions) throws -> PreparedCall {
        let program = "/usr/bin/vipsthumbnail"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Absence("the Debian package libvips-tools is not installed")
        }
        let source = try options.frame()
        let files = 10
        // A path that is not absolute would count from the picture's folder.
        let work = try URL(fileURLWithPath: options.text("work")).path
        let target = "\(work)/thumbnail-vips.png"
        let arguments = ["--size", "256x144", "-o", target] + Array(repeating: source, count: files)
        return PreparedCall(work: Double(files)) {
            try ProgramCalls.start(program, arguments)
            return nil
        }
    }
}
