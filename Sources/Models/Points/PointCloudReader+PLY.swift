// SPDX-License-Identifier: Apache-2.0

extension PointCloudReader {
    /// Reads a PLY file that holds points only.
    ///
    /// Binary little endian 1.0 and text; positions in single or double precision, colours as bytes. Other properties
    /// are passed over.
    public func ply(_ bytes: [UInt8], shown: String) throws(ModelError) -> PointCloud {
        let header = try PointLayout(bytes, shown: shown)
        guard !header.hasFaces else {
            throw ModelError(
                .unsupportedFeature, "\(shown) holds faces: it is a mesh, and only PLY files of points are taken here.")
        }
        guard header.points <= maxPoints else { throw tooMany(shown) }
        guard header.points > 0 else { throw ModelError(.empty, "\(shown) holds no points.") }
        return header.isText
            ? try textPoints(bytes, header, shown: shown) : try binaryPoints(bytes, header, shown: shown)
    }

    /// Whether a PLY file has points and no faces; `false` for what is no PLY.
    static func isPointPLY(_ head: [UInt8]) -> Bool {
        guard let header = try? PointLayout(head, shown: "") else { return false }
        return !header.hasFaces && header.points > 0
    }

    private func binaryPoints(
        _ bytes: [UInt8], _ header: PointLayout, shown: String
    ) throws(ModelError) -> PointCloud {
        guard bytes.count - header.length >= header.points * header.stride else {
            throw ModelError(
                .corrupt,
                "\(shown) ends after \(bytes.count) bytes; its \(header.points) points need \(header.length + header.points * header.stride)."
            )
        }
        var cloud = PointCloud()
        cloud.positions.reserveCapacity(header.points * 3)
        bytes.withUnsafeBytes { buffer in
            for point in 0..<header.points {
                let start = header.length + point * header.stride
                for property in header.place {
                    cloud.positions.append(
                        property.isDouble
                            ? Float(buffer.loadUnaligned(fromByteOffset: start + property.offset, as: Double.self))
                            : buffer.loadUnaligned(fromByteOffset: start + property.offset, as: Float.self))
                }
                for property in header.color { cloud.colors.append(buffer[start + property.offset]) }
            }
        }
        guard cloud.positions.allSatisfy(\.isFinite) else {
            throw ModelError(.corrupt, "\(shown): a point's position is not a number.")
        }
        return cloud
    }

    private func textPoints(
        _ bytes: [UInt8], _ header: PointLayout, shown: String
    ) throws(ModelError) -> PointCloud {
        var cloud = PointCloud()
        var scanner = NumberScanner(Array(bytes[header.length...]))
        var numbers: [Double] = []
        for point in 0..<header.points {
            let isNumbers = !scanner.isAtEnd && scanner.readLine(into: &numbers)
            guard isNumbers, numbers.count == header.columns, numbers.allSatisfy(\.isFinite) else {
                throw ModelError(
                    .corrupt, "\(shown): point \(point + 1) of \(header.points) is not \(header.columns) numbers.")
            }
            for property in header.place { cloud.positions.append(Float(numbers[property.column])) }
            for property in header.color {
                cloud.colors.append(UInt8(min(255, max(0, numbers[property.column].rounded()))))
            }
        }
        return cloud
    }
}
