// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

/// A service on a disk that takes no more: here files beyond some length are refused, as a full disk refuses them.
@Suite struct FullDiskTests {
    /// Points of a PLY, so many that the asset made of them is longer than the disk takes.
    private static func cloud(_ count: Int) -> String {
        """
        ply
        format ascii 1.0
        element vertex \(count)
        property float x
        property float y
        property float z
        end_header

        """ + (0..<count).map { "\($0 % 97) \($0 % 89) \($0 % 83)\n" }.joined()
    }

    @Test("what does not fit on the disk fails its conversion, is told in the log, and leaves nothing half written")
    func fullDisk() throws {
        // Blocks of 1 KiB; without the trap the signal would end the service.
        let talk = try ServiceProgram.with(shell: "trap '' XFSZ; ulimit -f 400") { service in
            try Data(Self.cloud(60_000).utf8).write(to: service.folder.appendingPathComponent("in/models/large.ply"))
            let places = ["--input", ServiceProgram.input, "--input-prefix", "models"]
            let failed = try service.remote(
                ["convert", "large.ply", "--id", "c1", "--output", ServiceProgram.output, "--interval", "50ms"] + places
            )
            #expect(failed.code == 65 && failed.talk.contains("disk"), "\(failed.talk)")
            #expect(!failed.talk.contains(service.folder.path))
            let out = service.folder.appendingPathComponent("out").path
            let left = try FileManager.default.subpathsOfDirectory(atPath: out)
            #expect(left.allSatisfy { $0 == "large.result.json" }, "\(left)")
            // The service is as well as before.
            try service.convert("box.ply", id: "c2")
            #expect(FileManager.default.fileExists(atPath: out + "/made/box.arrAsset"))
        }
        #expect(talk.contains("c1") && talk.contains("File too large"), "\(talk)")
        #expect(!talk.contains("planted"))
    }
}
