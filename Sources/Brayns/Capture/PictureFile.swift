// SPDX-License-Identifier: Apache-2.0
import Foundation

func pictureFormat(of path: String) throws(BraynsError) -> PictureFormat {
    guard let format = PictureFormat(path: path) else {
        throw BraynsError(.badArgument, "\(path) names no picture that Brayns writes: use .png, .jpg or .jpeg.")
    }
    return format
}

func writePicture(_ bytes: [UInt8], to path: String, from peer: String) throws(BraynsError) {
    guard !bytes.isEmpty else { throw BraynsError(.badReply, "\(peer) sent an empty picture for \(path).") }
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw BraynsError(.file, "The picture cannot be written to \(path): \(error)", underlying: error)
    }
}
