// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import OmniverseServices

/// Answers with the picture that was finished last.
struct Screenshot: Sendable {
    static let arguments = Model(
        name: "ApplicationCaptureRequestModel",
        fields: [
            Field("width", .integer(1...16384), "Width", "Pixels; the picture's own when left out.", fallback: .null),
            Field("height", .integer(1...16384), "Height", "Pixels; the picture's own when left out.", fallback: .null),
        ])

    static let answer = Model(
        name: "ApplicationCaptureResponseModel",
        fields: [
            Field("success", .flag, "Capture status", "Whether there is a picture.", fallback: false),
            Field("width", .integer(1...16384), "Width", "Pixels.", fallback: .null),
            Field("height", .integer(1...16384), "Height", "Pixels.", fallback: .null),
            Field(
                "captured_image_path", .text(4096), "Captured image path", "Path of the picture on this server.",
                fallback: .null),
        ])

    let options: CaptureOptions
    let store: CaptureStore
    let mount: String

    func answer(_ call: Endpoint.Call) async throws -> ServiceReply {
        guard let last = try await store.lastFinished(), let name = last.picture,
            let data = FileManager.default.contents(atPath: "\(options.pictures)/\(name)")
        else { return .detail(404, "No picture was made yet.") }
        let bytes = [UInt8](data)
        let header = try ImageDecoder.header(of: bytes)
        let (width, height) = Self.size(call, header.width, header.height)
        guard width * height <= options.maxPixels else {
            return .detail(404, "There is no picture of \(width)x\(height): that is more than this service draws.")
        }
        var shown = name
        if (width, height) != (header.width, header.height) {
            shown = "\(Self.stem(name))\(width)x\(height).png"
            let path = "\(options.pictures)/\(shown)"
            if !FileManager.default.fileExists(atPath: path) {
                let scaled = try ImageDecoder.decode(bytes).resized(width: width, height: height)
                let encoded = try PNGEncoder(compression: .fast).encode(scaled)
                try Data(encoded).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        }
        return .json([
            "success": true, "width": .int(Int64(width)), "height": .int(Int64(height)),
            "captured_image_path": .string("\(mount)/\(shown)"),
        ])
    }

    /// What the names of a picture's copies in other sizes begin with.
    private static func stem(_ name: String) -> String { (name as NSString).deletingPathExtension + "-" }

    /// Deletes a picture and its copies in other sizes.
    static func remove(_ name: String, from folder: String) {
        let copies = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for file in copies.filter({ $0.hasPrefix(stem(name)) }) + [name] {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
        }
    }

    /// The size asked for; one side alone keeps the picture's shape.
    private static func size(_ call: Endpoint.Call, _ width: Int, _ height: Int) -> (Int, Int) {
        switch (call.values["width"]?.intValue, call.values["height"]?.intValue) {
        case (nil, nil): (width, height)
        case (let wide?, nil): (Int(wide), max(1, (height * Int(wide) + width / 2) / width))
        case (nil, let high?): (max(1, (width * Int(high) + height / 2) / height), Int(high))
        case (let wide?, let high?): (Int(wide), Int(high))
        }
    }
}
