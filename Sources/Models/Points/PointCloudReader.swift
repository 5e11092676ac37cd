// SPDX-License-Identifier: Apache-2.0

/// Reads point clouds: PLY without faces, and text with three numbers a line.
public struct PointCloudReader: Sendable {
    public var options: ModelLoader.Options
    /// The most points of one file.
    public var maxPoints = 50_000_000

    public init(options: ModelLoader.Options = ModelLoader.Options()) { self.options = options }

    /// Reads a file by its extension, `ply` or `xyz`.
    ///
    /// - Throws: `ModelError`; a PLY that holds faces is a mesh and refused as `unsupportedFeature`.
    public func load(path: String) throws(ModelError) -> PointCloud {
        let bytes = try FileAccess(options: options).open(path).contents()
        switch path.split(separator: ".").last?.lowercased() {
        case "ply": return try ply(bytes, shown: path)
        case "xyz": return try xyz(bytes, shown: path)
        default:
            throw ModelError(.unsupportedFormat, "\(path) is no point cloud that is read here: those are ply and xyz.")
        }
    }

    /// Reads lines of `x y z` or `x y z red green blue`, colours from 0 to 255; empty lines and those that begin with
    /// `#` do not count.
    public func xyz(_ bytes: [UInt8], shown: String) throws(ModelError) -> PointCloud {
        var cloud = PointCloud()
        var scanner = NumberScanner(bytes)
        var numbers: [Double] = []
        var columns: Int?
        while !scanner.isAtEnd {
            guard scanner.readLine(into: &numbers) else {
                throw ModelError(
                    .corrupt, "\(shown):\(scanner.line): expected three or six numbers, \"x y z [red green blue]\".")
            }
            if numbers.isEmpty { continue }
            let wanted = columns ?? numbers.count
            guard numbers.count == wanted, wanted == 3 || wanted == 6, numbers.allSatisfy(\.isFinite) else {
                throw ModelError(
                    .corrupt,
                    "\(shown):\(scanner.line): \(numbers.count) numbers, expected \(columns.map(String.init) ?? "three or six")."
                )
            }
            columns = wanted
            guard cloud.count < maxPoints else { throw tooMany(shown) }
            for number in numbers[..<3] { cloud.positions.append(Float(number)) }
            for number in numbers.dropFirst(3) { cloud.colors.append(UInt8(min(255, max(0, number.rounded())))) }
        }
        guard cloud.count > 0 else { throw ModelError(.empty, "\(shown) holds no points.") }
        return cloud
    }

    func tooMany(_ shown: String) -> ModelError {
        ModelError(.limits, "\(shown) holds more than \(maxPoints) points, which is the limit.")
    }
}
