// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Testing

@Suite struct HelpTests {
    /// Flags of both `render` and `thumbnail`, each with a part of its default as `--help` tells it.
    static let shared: [(flag: String, fallback: String)] = [
        ("-o, --output", ""), ("--backend <", "built-in"), ("--backend-start", "built-in"), ("--ca <", "system"),
        ("--insecure", "refuse"), ("--python", "DARKROOM_PYTHON"), ("-j, --jobs", "auto"), ("--threads", "auto"),
        ("--device", "cpu"), ("--memory-per-job", "4GiB"),
        ("--resume/--no-resume", "--resume"), ("--force", ""), ("--verify", ""), ("--fingerprint", "stat"),
        ("--shard", "auto"), ("--dry-run", ""), ("--prune", ""), ("--max-prune", "50%"), ("--retries", "2"),
        ("--retry-failed", ""),
        ("--timeout-connect", "10s"), ("--timeout-load", "10m"), ("--timeout-render", "5m"),
        ("--timeout-item", "20m"), ("--max-bytes", "2GiB"), ("--max-triangles", "50M"), ("--max-pixels", "64M"),
        ("--allow-empty", ""), ("--strict", ""), ("--fail-on", "any"), ("--max-failures", "5%"), ("--up", "auto"),
        ("--progress", "auto"), ("--log-level", "notice"), ("--report", "none"), ("--ledger", ".darkroom/"),
        ("--print-job", ""), ("--log-format", "text"), ("--metrics-file", "none"),
        ("--s3-endpoint", "AWS_ENDPOINT_URL_S3"),
        ("--s3-region", "AWS_REGION"), ("--scratch <", "TMPDIR"), ("--scratch-bytes", "8GiB"),
    ]
    static let render: [(flag: String, fallback: String)] = [
        ("--set", ""), ("--frames", "all"), ("--size", "1920x1080"), ("--renderer", "interactive"),
        ("--samples", "16"), ("--view", "iso"), ("--turntable", "no walk"), ("--camera", "frame the model"),
        ("--fovy", "45"), ("--margin", "5%"), ("--background", "transparent for PNG, white for JPEG"),
        ("--existing", "refuse"), ("--map", ""), ("--capture", "auto"), ("--sheet", "none"), ("--movie", "none"),
        ("--fps", "25"), ("--compression", "balanced"), ("--depth", "8"), ("--quality", "90"),
        ("--tone-map", "none"), ("--exposure", "0"), ("--publish <", "none"), ("--as", "mp4"), ("--via", "disk"),
        ("--id", "job"), ("--codec", "libx264"), ("--preset", "veryfast"), ("--replace", ""), ("--cleanup", ""),
        ("--publish-timeout", "10m"), ("--core-user", "nobody"), ("--core-password-file", "variable"),
        ("--core-ca", "none"), ("--core-insecure", "refuse"), ("--core-plain-http", "this one only"),
        ("--core-retries", "3"), ("--core-timeout", "10"),
    ]
    static let thumbnail: [(flag: String, fallback: String)] = [
        ("--size", "512"), ("--view", "iso"), ("--template", "{rel}.png"), ("--format", "png"),
        ("--background", "transparent"), ("--renderer", "interactive"), ("--samples", "8"),
        ("--include", "**/*.{fbx,gltf"),
        ("--exclude", "none"), ("--files-from", ""), ("-0", ""), ("--unsupported", "skip in folders"),
        ("--missing-files", "warn"), ("--compression", "fast"), ("--sheet", "none"), ("--watch", ""),
        ("--settle", "2s"), ("--poll", "30s"), ("--deadline", "none"), ("--conversions", ""), ("--container", ""),
        ("--of", "source"), ("--storage-auth", "sas"), ("--input-sas-file", "$DARKROOM_INPUT_SAS"),
        ("--output-sas-file", "$DARKROOM_OUTPUT_SAS"), ("--storage-key-file", "$AZURE_STORAGE_KEY"),
        ("--endpoint", "$AZURE_REMOTE_RENDERING_ENDPOINT"), ("--account", "$AZURE_REMOTE_RENDERING_ACCOUNT_ID"),
        ("--auth", "key"),
    ]

    /// A flag's paragraph of a help text, its lines joined.
    static func paragraph(_ flag: String, in help: String) -> String? {
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.hasPrefix("  \(flag)") }) else { return nil }
        let rest = lines[(first + 1)...].prefix { $0.hasPrefix("          ") }
        return ([lines[first]] + rest).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }

    @Test("every flag of the contract is in --help with its default", arguments: ["render", "thumbnail"])
    func flags(command: String) throws {
        let result = try Program(command, "--help").run()
        #expect(result.code == 0)
        #expect(result.talk.isEmpty)
        for (flag, fallback) in Self.shared + (command == "render" ? Self.render : Self.thumbnail) {
            let text = Self.paragraph(flag, in: result.outputText)
            #expect(text != nil, "\(command) --help lacks \(flag)")
            guard let text, !fallback.isEmpty else { continue }
            #expect(text.contains("default: ") && text.contains(fallback), "\(flag): \(text)")
        }
    }

    @Test("help lists every exit code", arguments: [[], ["render"], ["thumbnail"]])
    func exitCodes(command: [String]) throws {
        let result = try Program(arguments: command + ["--help"]).run()
        let words = result.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for code in Jobs.ExitCode.allCases {
            #expect(words.contains("\(code.rawValue) \(code.meaning)"), "\(code)")
        }
    }

    @Test(
        "each command explains itself on standard output",
        arguments: ["render", "thumbnail", "backend", "compare", "doctor", "bench", "image", "remote", "publish"])
    func commands(command: String) throws {
        let result = try Program(command, "--help").run()
        #expect(result.code == 0)
        #expect(result.outputText.count > 200)
        #expect(result.talk.isEmpty)
        let overview = try Program("--help").run()
        #expect(overview.outputText.contains("\n  \(command) "))
    }

    @Test("commands around the API that Azure gave up say so", arguments: ["thumbnail", "serve"])
    func retired(command: String) throws {
        let text = try Program(command, "--help").run().outputText
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("30 September 2025") && words.contains("Azure Remote Rendering"))
    }

    @Test("the version is one line of data")
    func version() throws {
        let result = try Program("--version").run()
        #expect(result.code == 0 && result.talk.isEmpty)
        #expect(result.outputText.split(separator: "\n").count == 1)
        #expect(result.outputText.hasPrefix("darkroom "))
    }
}
