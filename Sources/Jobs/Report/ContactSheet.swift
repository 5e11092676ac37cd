// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// Puts many pictures into one: rows of equal cells, each picture fitted into its cell, its name below it.
///
/// More pictures than one sheet of 64 million pixels can hold go on in `NAME-2.png`, `NAME-3.png` ….
public struct ContactSheet: Sendable {
    /// A picture and what it is called.
    struct Cell: Sendable {
        var picture: String
        var title: String
    }

    private let settings: JobFile.Sheet
    private let label: SheetLabel?
    private static let gap = 4
    private static let maxPixels = 64_000_000

    public init(_ settings: JobFile.Sheet) {
        self.settings = settings
        label = settings.labels ? SheetLabel(cell: settings.size) : nil
    }

    /// Pixels from one row to the next.
    private var rowStep: Int { settings.size + Self.gap + (label?.height ?? 0) }

    /// Writes the sheets.
    ///
    /// - Parameters:
    ///   - cells: PNG or JPEG files, in their order on the sheet.
    ///   - key: the fingerprint of what they show; a sheet in place that holds it is left alone.
    /// - Returns: the sheets' paths.
    /// - Throws: `JobError` of code `environment` when a sheet cannot be written.
    func write(_ cells: [Cell], key: Fingerprint) throws(JobError) -> [String] {
        let columns = min(settings.columns, max(1, cells.count))
        let width = columns * (settings.size + Self.gap) + Self.gap
        let rows = max(1, (Self.maxPixels / width - Self.gap) / rowStep)
        var paths: [String] = []
        for (page, start) in stride(from: 0, to: cells.count, by: rows * columns).enumerated() {
            let path = page == 0 ? settings.path : "\(settings.path.dropLast(4))-\(page + 1).png"
            paths.append(path)
            if PictureOnDisk.fingerprint(path) == key { continue }
            let part = cells[start..<min(cells.count, start + rows * columns)]
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
    func compose(_ cells: [Cell], columns: Int) -> PixelBuffer {
        let (size, gap) = (settings.size, Self.gap)
        let rows = (cells.count + columns - 1) / columns
        let (width, height) = (columns * (size + gap) + gap, rows * rowStep + gap)
        var bytes = background(width * height)
        for (index, cell) in cells.enumerated() {
            label?.draw(
                cell.title, into: &bytes, width: width, left: gap + index % columns * (size + gap),
                top: gap + index / columns * rowStep + size)
            guard let file = try? FileSystem.read(cell.picture), let picture = try? ImageDecoder.decode(file) else {
                continue
            }
            let cell = fitted(picture)
            let left = gap + index % columns * (size + gap) + (size - cell.width) / 2
            let top = gap + index / columns * rowStep + (size - cell.height) / 2
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
