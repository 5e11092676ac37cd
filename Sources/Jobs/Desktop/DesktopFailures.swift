// SPDX-License-Identifier: Apache-2.0
import Codecs
import Glibc
import ImageCore

/// Notes for file managers which files cannot be drawn, so that nobody tries them at every look into a folder.
///
/// A note is a picture of one pixel with the file's URI and time. It goes once the file has been drawn.
public final class DesktopFailures: JobProgress {
    private let cache: DesktopCache
    private let next: any JobProgress

    /// - Parameter next: what hears of the run beside this.
    public init(_ cache: DesktopCache, next: any JobProgress) { (self.cache, self.next) = (cache, next) }

    public func receive(_ event: JobEvent) {
        if case .finished(let report) = event { note(report) }
        next.receive(event)
    }

    private func note(_ report: ItemReport) {
        let path = cache.failure(of: report.source)
        if report.result.isInPlace { unlink(path) }
        guard report.result.isRemembered, report.blame == .input, !report.isKnown,
            let status = FileSystem.status(report.source), status.isFile
        else { return }
        do {
            let pixel = PixelBuffer(width: 1, height: 1, format: .rgba8, packed: [0, 0, 0, 0])
            let text = [PNGText(keyword: "Software", text: "Darkroom")]
            let file = try PNGEncoder().encode(
                pixel, text: text + DesktopThumbnail.entries(report.source, status))
            try AtomicFile.write(file, to: path, isDurable: false, isPrivate: true)
        } catch {
            next.receive(.note("the failure of \(report.source) could not be noted for file managers: \(error)"))
        }
    }
}
