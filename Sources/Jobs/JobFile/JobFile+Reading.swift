// SPDX-License-Identifier: Apache-2.0

extension JobFile {
    /// Reads a job file: YAML, or JSON, which is a part of it.
    ///
    /// - Parameters:
    ///   - overrides: `path=value` pairs that replace keys, such as `run.jobs=4` or `outputs[0].size=256`.
    ///   - environment: what `${NAME}` is filled from.
    /// - Throws: `JobError` of code `usage` (place, key path, what is expected) or `input` (no such file).
    public static func load(
        path: String, overrides: [String] = [], environment: [String: String] = [:]
    ) throws(JobError) -> JobFile {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileSystem.read(path, limit: 64 << 20)
        } catch {
            throw JobError(.input, "job file \(error.message)", underlying: error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JobError(.usage, "\(path): the job file is not UTF-8 text")
        }
        return try parse(yaml: text, origin: path, overrides: overrides, environment: environment)
    }

    /// Reads the text of a job file; see `load`.
    ///
    /// - Parameter origin: the file's name, for error sentences.
    public static func parse(
        yaml: String, origin: String = "job", overrides: [String] = [], environment: [String: String] = [:]
    ) throws(JobError) -> JobFile {
        var root = try JobNode(yaml: yaml, origin: origin)
        for override in overrides { try root.apply(override: override) }
        return try JobShape<JobFile>.section.read(root.filled(from: environment))
    }

    /// The job with some keys replaced by `path=value` pairs.
    public func applying(overrides: [String]) throws(JobError) -> JobFile {
        try JobFile.parse(yaml: yaml(), origin: "job", overrides: overrides)
    }

    /// The job file that says the same: every key, written out.
    public func yaml() -> String { JobShape<JobFile>.section.write(self).yaml() }
}
