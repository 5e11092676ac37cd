// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import CloudStores
import Foundation
import HTTPFixtures
import HTTPService
import Jobs
import RemoteRendering
import Stores
import Synchronization
import TestFixtures
import Testing

@testable import Thumbnails

/// A container of one kind or the other, filled and looked at by a test.
struct TestContainer {
    enum Kind: String, CaseIterable { case folder, blobs }

    let container: any ObjectStore
    let put: (_ name: String, _ bytes: [UInt8]) throws -> Void
    let remove: (_ name: String) throws -> Void
    /// What lies in it, by name.
    let contents: () throws -> [String: [UInt8]]
    /// Names that were asked for whole, where that can be told.
    let fetched: () -> Set<String>?

    static func with(_ kind: Kind, _ body: (TestContainer) async throws -> Void) async throws {
        switch kind {
        case .folder: try await withFolder(body)
        case .blobs:
            try await BlobServer.with { server, address in
                var sas = BlobSAS(.container, permissions: "rwlc", expires: Date(timeIntervalSince1970: 4e9))
                sas.requiresTLS = false
                let secret = try sas.signed(
                    account: BlobServer.account, container: BlobServer.container, key: Secret(BlobServer.key))
                let blobs = try BlobContainer(address, credential: .sas(secret))
                try await body(
                    TestContainer(
                        container: BlobObjectStore(blobs), put: { server.put($0, $1) },
                        remove: { server.remove($0) }, contents: { server.blobs.mapValues(\.bytes) },
                        fetched: {
                            Set(
                                server.requests.filter { $0.method == "GET" && !$0.path.contains("comp=list") }
                                    .compactMap { request in
                                        let path = request.path.prefix { $0 != "?" }.split(separator: "/").dropFirst(2)
                                        return path.joined(separator: "/").removingPercentEncoding
                                    })
                        }))
            }
        }
    }

    private static func withFolder(_ body: (TestContainer) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "thumbnails-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func url(_ name: String) -> URL { URL(fileURLWithPath: "\(folder)/\(name)") }
        try await body(
            TestContainer(
                container: FolderStore(folder: folder, address: "https://contoso.example/c"),
                put: { name, bytes in
                    try FileManager.default.createDirectory(
                        at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(bytes).write(to: url(name))
                },
                remove: { try FileManager.default.removeItem(at: url($0)) },
                contents: {
                    var files: [String: [UInt8]] = [:]
                    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
                        if let data = try? Data(contentsOf: url(name)) { files[name] = [UInt8](data) }
                    }
                    return files
                }, fetched: { nil }))
    }
}

/// Draws every picture as the same small PNG, and remembers which models it was given.
final class StandInDrawer: Sendable {
    static let picture: [UInt8] =
        (try? Data(contentsOf: Fixtures.url("images/png/\(name)"))).map { [UInt8]($0) } ?? []
    private static let name = "type0-01-interlaced-trns.png"

    private let models = Mutex<[String]>([])
    /// What becomes of a model that is not drawn, by its file's name.
    let failures: [String: (ItemResult, String)]

    init(failures: [String: (ItemResult, String)] = [:]) { self.failures = failures }

    /// The models drawn since the last look.
    func drawn() -> [String] {
        models.withLock { models in
            defer { models = [] }
            return models.sorted()
        }
    }

    func draw(_ job: JobFile) async throws -> JobSummary {
        let plan = try JobPlan(job)
        var summary = JobSummary(name: plan.name, shard: plan.shard)
        for item in plan.items {
            let path = plan.scenes[item.scene].source.path
            let name = (path as NSString).lastPathComponent
            var report = ItemReport(title: plan.title(item), source: path, result: .done)
            report.frame = item.frame
            if let (result, cause) = failures[name] {
                (report.result, report.cause) = (result, "\(path): \(cause)")
                (report.stage, report.blame) = ("load", .input)
            } else {
                report.outputs = plan.outputPaths(item)
                models.withLock { $0.append(name) }
                for output in report.outputs {
                    let file = URL(fileURLWithPath: output)
                    try FileManager.default.createDirectory(
                        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(Self.picture).write(to: file)
                }
            }
            summary.items.append(report)
        }
        return summary
    }
}

/// Thumbnails of conversions within one container.
struct ThumbnailsUnderTest {
    let place: TestContainer
    let drawer: StandInDrawer
    var job: JobFile
    var options = ConversionThumbnails.Options()

    init(_ place: TestContainer, drawer: StandInDrawer = StandInDrawer(), sizes: [Int] = [64]) {
        (self.place, self.drawer, job) = (place, drawer, JobFile())
        var output = JobFile.Output(path: "x.png")
        output.size = sizes.map { PictureSize($0) }
        job.outputs = [output]
    }

    func run(_ conversions: [AssetConversion]) async throws -> [String: ItemReport] {
        var table = ContainerTable()
        table.add(place.container.address, .init(input: place.container, output: place.container))
        return try await ConversionThumbnails(containers: table, job: job, options: options, draw: drawer.draw)
            .run(conversions)
    }

    /// A conversion that succeeded.
    func conversion(
        _ id: String, asset: String = "box.glb", prefix: String? = "models/", output: String? = "made/",
        name: String? = nil, container: String? = nil
    ) -> AssetConversion {
        let address = container ?? place.container.address
        return AssetConversion(
            id: id, creationTime: nil,
            settings: AssetConversionSettings(
                input: AssetConversionInputSettings(
                    storageContainerURI: address, relativeInputAssetPath: asset, blobPrefix: prefix),
                output: AssetConversionOutputSettings(
                    storageContainerURI: address, blobPrefix: output, outputAssetFilename: name)),
            status: .succeeded)
    }
}
