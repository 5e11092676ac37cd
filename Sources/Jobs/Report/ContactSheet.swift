// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// Puts many pictures into one: rows of equal cells, each picture fitted into its cell.
///
/// More pictures than one sheet of 64 million pixels can hold go on in `NAME-2.png`, `NAME-3.png` ….
public struct ContactSheet: Sendable {
    private let settings: JobFile.Sheet
    private static let gap = 4
    private static let maxPixels = 64_000_000

    public init(_ settings: JobFile.Sheet) { self.settings = settings }

    /// Writes the sheets.
    ///
    /// - Parameters:
    ///   - pictures: paths of PNG or JPEG files, in their order on the sheet.
    ///   - key: the fingerprint of what they show; a sheet in place that holds it is left alone.
    /// - Returns: the sheets' paths.
    /// - Throws: `JobError` of code `environment` when a sheet cannot be written.
    func write(_ pictures: [String], key: Fingerprint) throws(JobError) -> [String] {
        let columns = min(settings.columns, max(1, pictures.count))
        let step = settings.size + Self.gap
        let rows = max(1, (Self.maxPixels / (columns * step + Self.gap) - Self.gap) / step)
        var paths: [String] = []
        for (page, start) in stride(from: 0, to: pictures.count, by: rows * columns).enumerated() {
            let path = page == 0 ? settings.path : "\(settings.path.dropLast(4))-\(page + 1).png"
            paths.append(path)
            if PictureOnDisk.fingerprint(path) == key { continue }
            let part = pictures[start..<min(pictures.count, start + rows * columns)]
            do {
                let text = [
                    PNGText(keyword: "Software", text: "Darkroom"),
                    PNGText(keyword: Fingerprint.keyword, text: key.description),
                ]
                try AtomicFile.write(
                    PNGEncoder().encode(compose(Array(part), columns: columns), text: text), to: path)
            } catch {
                throw JobError(
                    .environment, "contact sheet \((error as? FileError)?.message ?? "\(error)")", underlying: error)
            }
        }
        return paths
    }

    /// One sheet; a picture that cannot be read leaves its cell empty.
    func compose(_ pictures: [String], columns: Int) -> PixelBuffer {
        let (size, gap) = (settings.size, Self.gap)
        let rows = (pictures.count + columns - 1) / columns
        let (width, height) = (columns * (size + gap) + gap, rows * (size + gap) + gap)
        var bytes = background(width * height)
        for (index, path) in pictures.enumerated() {
            guard let file = try? FileSystem.read(path), let picture = try? ImageDecoder.decode(file) else { continue }
            let cell = fitted(picture)
            let left = gap + index % columns * (size + gap) + (size - cell.width) / 2
            let top = gap + index / columns * (size + gap) + (size - cell.height) / 2
            let pixels = cell.packedBytes()
            for y in 0..<cell.height {
                let from = y * cell.width * 4
                let to = ((top + y) * width + left) * 4
                bytes.replaceSubrange(to..<to + cell.width * 4, with: pixels[from..<from + cell.width * 4])
            }
        }
        return PixelBuffer(width: width, height: height, format: .rgba8, packed: bytes)
    }

    private func background(_ count: Int) -> [UInt8] {
        guard let color = settings.background else { return [UInt8](repeating: 0, count: count * 4) }
        return Array(repeatElement([color.red, color.green, color.blue, color.alpha], count: count).joined())
    }

    private func fitted(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        let longer = max(picture.width, picture.height)
        let scale = Double(settings.size) / Double(max(1, longer))
        let width = min(settings.size, max(1, Int((Double(picture.width) * scale).rounded())))
        let height = min(settings.size, max(1, Int((Double(picture.height) * scale).rounded())))
        let output = Development.Output(
            width: width, height: height, format: .rgba8, background: settings.background?.linearRGB)
        return picture.developed(Development(outputs: [output])).first()
    }
}
