// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CloudStores
import Foundation
import HTTPService
import Jobs
import Logging
import Stores

/// How files in stores, `s3://bucket/…` and `az://account/container/…`, are reached.
struct StoreFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The address of an S3 other than AWS' (default: $AWS_ENDPOINT_URL_S3, else the profile's, else AWS').",
            valueName: "url"))
    var s3Endpoint: String?

    @Option(
        help: ArgumentHelp(
            "Where buckets lie (default: $AWS_REGION, else the profile's, else told by S3).", valueName: "region"))
    var s3Region: String?

    @Option(
        help: ArgumentHelp(
            "The folder that models of stores lie in until they are drawn (default: $TMPDIR, else /tmp).",
            valueName: "dir"))
    var scratch: String?

    @Option(
        help: ArgumentHelp("How much may lie there at once (default: 8GiB).", valueName: "size"),
        transform: FlagValue.bytes)
    var scratchBytes: Int?

    /// The way to stores.
    ///
    /// - Parameter authorityFile: certificates to trust beside the system's.
    /// - Throws: `CommandFailure` for a file of certificates that cannot be read.
    func files(authorityFile: String?, logger: Logger) throws -> StoredFiles {
        let opener = try self.opener(authorityFile: authorityFile, logger: logger)
        var options = StoredFiles.Options()
        if let scratch { options.scratch = scratch }
        if let scratchBytes { options.scratchBytes = scratchBytes }
        return StoredFiles(options: options) { address throws(StoreError) in try opener.store(of: address) }
    }

    /// What opens stores by their addresses.
    func opener(authorityFile: String?, logger: Logger) throws -> StoreOpener {
        var options = StoreOpener.Options(
            environment: ProcessInfo.processInfo.environment,
            transport: try RemoteAccountFlags.transport(authorityFile))
        (options.s3Endpoint, options.s3Region, options.logger) = (s3Endpoint, s3Region, logger)
        return StoreOpener(options)
    }
}
