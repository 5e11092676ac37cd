// SPDX-License-Identifier: Apache-2.0
import Jobs

extension JobFile {
    /// Whether a path names a picture file, and not a folder.
    static func isPicture(_ path: String) -> Bool {
        [".png", ".jpg", ".jpeg", ".exr"].contains(where: path.lowercased().hasSuffix)
    }

    /// Sends all pictures to one path or into one folder, in the manner of the job's first output.
    mutating func setOutput(_ path: String) {
        var output = outputs.first ?? JobFile.Output()
        if Self.isPicture(path) {
            output.path = path
        } else {
            let folder = path.hasSuffix("/") ? path : path + "/"
            output.path = defaultTemplate(base: folder + "{rel}", sizes: output.size)
        }
        outputs = [output]
    }

    /// Puts all pictures on a sheet, in the manner of the job's own if it has one.
    mutating func setSheet(_ path: String) {
        var sheet = sheet ?? JobFile.Sheet()
        sheet.path = path
        self.sheet = sheet
    }

    /// Makes a film of all frames, in the manner of the job's own if it has one.
    mutating func setMovie(_ path: String) {
        var movie = movie ?? JobFile.Movie()
        movie.path = path
        self.movie = movie
    }

    /// The record of finished work beside pictures in `folder`.
    static func ledger(besides folder: String?) -> String {
        guard let folder, !folder.isEmpty, folder != "-" else { return ".darkroom/" }
        guard isPicture(folder) else { return folder.hasSuffix("/") ? folder + ".darkroom/" : folder + "/.darkroom/" }
        let parent = folder.lastIndex(of: "/").map { String(folder[...$0]) } ?? ""
        return parent + ".darkroom/"
    }

    /// The same job, once its keys have been checked against each other as if they had been read from a file.
    ///
    /// - Throws: `JobError` of code `usage`.
    func checked() throws(JobError) -> JobFile { try applying(overrides: []) }
}
