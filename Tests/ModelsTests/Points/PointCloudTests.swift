// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@testable import Models

@Suite struct PointCloudTests {
    private let reader = PointCloudReader()

    private func binary(_ count: Int, head: String? = nil, cut: Int = 0) -> [UInt8] {
        let text =
            head ?? """
                ply
                format binary_little_endian 1.0
                element vertex \(count)
                property float x
                property float y
                property float z
                property uchar red
                property uchar green
                property uchar blue
                end_header

                """
        var bytes = Array(text.utf8)
        for point in 0..<count {
            for axis in 0..<3 { withUnsafeBytes(of: Float(point * 10 + axis)) { bytes += $0 } }
            bytes += [UInt8(point % 256), 2, 3]
        }
        return Array(bytes.dropLast(cut))
    }

    @Test("binary points are read with their colours", arguments: [1, 7, 257]) func binaryPLY(count: Int) throws {
        let cloud = try reader.ply(binary(count), shown: "a.ply")
        #expect(cloud.count == count && cloud.colors.count == 3 * count)
        #expect(
            cloud.position(count - 1)
                == Vector3(Double(count * 10 - 10), Double(count * 10 - 9), Double(count * 10 - 8)))
        #expect(Array(cloud.colors.suffix(2)) == [2, 3])
    }

    @Test("text points are read, other properties passed over") func textPLY() throws {
        let text = """
            ply
            format ascii 1.0
            comment by hand
            element vertex 2
            property double x
            property float weight
            property double y
            property double z
            element face 0
            property list uchar int vertex_indices
            end_header
            1 9 2 3
            4 9 5 6
            """
        let cloud = try reader.ply(Array(text.utf8), shown: "a.ply")
        #expect(cloud.positions == [1, 2, 3, 4, 5, 6] && cloud.colors.isEmpty)
    }

    @Test("what is no cloud of points is refused with its reason") func refusals() throws {
        let mesh = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nelement face 1\nend_header\n"
        let cases: [([UInt8], ModelError.Code)] = [
            (binary(9, cut: 1), .corrupt), (Array("no ply".utf8), .corrupt), ([], .corrupt),
            (
                Array(
                    mesh.replacing("property float x", with: "property float x\nproperty float y\nproperty float z")
                        .utf8), .unsupportedFeature
            ),
            (Array("ply\nformat binary_big_endian 1.0\nelement vertex 1\nend_header\n".utf8), .unsupportedFeature),
            (Array("ply\nformat ascii 1.0\nelement vertex 0\nend_header\n".utf8), .empty),
            (Array("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n1\n".utf8), .corrupt),
        ]
        for (bytes, code) in cases {
            let error = #expect(throws: ModelError.self) { try reader.ply(bytes, shown: "a.ply") }
            #expect(error?.code == code, "\(String(decoding: bytes.prefix(80), as: UTF8.self))")
        }
        var few = reader
        few.maxPoints = 3
        #expect(throws: ModelError.self) { try few.ply(binary(4), shown: "a.ply") }
        let huge =
            "ply\nformat binary_little_endian 1.0\nelement vertex 9223372036854775807\nproperty float x\nproperty float y\nproperty float z\nend_header\n"
        #expect(#expect(throws: ModelError.self) { try reader.ply(Array(huge.utf8), shown: "a.ply") }?.code == .limits)
    }

    @Test("lines of three or six numbers are points") func xyz() throws {
        let cloud = try reader.xyz(Array("# scan\n1 2 3 255 0 12.6\r\n\n-4e0\t5 6 300 -1 0".utf8), shown: "a.xyz")
        #expect(cloud.positions == [1, 2, 3, -4, 5, 6] && cloud.colors == [255, 0, 13, 255, 0, 0])
    }

    @Test(
        "a line that is no point is named by its number", arguments: ["1 2", "1 2 3\n1 2 3 4 5 6", "1 2 x", "nan 1 2"])
    func badLines(text: String) throws {
        let error = #expect(throws: ModelError.self) { try reader.xyz(Array(text.utf8), shown: "a.xyz") }
        #expect(error?.code == .corrupt && error?.message.contains("a.xyz:") == true)
    }

    @Test("a loader takes points as spheres that touch") func spheres() throws {
        let model = try ModelLoader().load(bytes: binary(64), type: "ply")
        #expect(model.primitives.spheres.count == 64 && model.meshes.isEmpty)
        let radii = Set(model.primitives.spheres.map(\.radius))
        #expect(radii.count == 1 && radii.allSatisfy { $0 > 0 && $0.isFinite })
    }

    @Test("a plane of points has spheres as wide as its grid") func radius() {
        var cloud = PointCloud()
        for y in 0..<10 { for x in 0..<10 { cloud.positions += [Float(x), Float(y), 0] } }
        #expect(abs(cloud.usualRadius - 0.54) < 0.01)
        cloud.positions = [1, 1, 1]
        #expect(cloud.usualRadius == 1)
    }
}
