// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService

/// The ways into the test server.
enum BlobWay: String, CaseIterable, Sendable {
    case sas, sharedKey, entra

    /// Always the same token.
    private struct Fixed: EntraCredential {
        func token(for scope: String) async throws -> AccessToken {
            AccessToken(
                Secret(scope == BlobCredential.scope ? "entra-token" : "?"), obtained: Date(), expires: .distantFuture)
        }
    }

    func credential(permissions: String = "rcwdl") throws -> BlobCredential {
        switch self {
        case .sas:
            var sas = BlobSAS(.container, permissions: permissions, expires: Date(timeIntervalSince1970: 4e9))
            sas.requiresTLS = false
            return .sas(
                try sas.signed(
                    account: BlobServer.account, container: BlobServer.container, key: Secret(BlobServer.key)))
        case .sharedKey: return .sharedKey(account: BlobServer.account, key: Secret(BlobServer.key))
        case .entra: return .entra(Fixed())
        }
    }

    /// A container on the server, whose waits take no time.
    func container(
        at address: String, permissions: String = "rcwdl", clock: ManualClock = ManualClock(),
        logger: LogRecorder = LogRecorder(),
        change: (inout BlobContainer.Options) -> Void = { _ in }
    ) throws -> BlobContainer {
        var options = BlobContainer.Options()
        (options.clock, options.logger) = (clock.clock, logger.logger)
        change(&options)
        return try BlobContainer(address, credential: try credential(permissions: permissions), options: options)
    }
}

/// A folder that is gone after the test.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-blob-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Bytes that repeat only after long.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) } }
