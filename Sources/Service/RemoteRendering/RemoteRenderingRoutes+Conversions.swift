// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import RemoteRendering

extension RemoteRenderingRoutes {
    func create(conversion request: Request, _ context: Context) async throws -> Response {
        let (account, id) = (try account(request, context), try id(context))
        let settings = try await body(AssetConversionCreation.self, request).settings
        try check(settings)
        try await checkAccess(settings, of: account)
        switch try await conversions.create(account: account, id: id, settings: settings, now: Date()) {
        case .created(let record):
            await worker.wake()
            return answer(try record.wire(), status: .created)
        case .existing(let record): return answer(try record.wire())
        case .conflict: throw RequestProblem.conflict("There is a conversion \(id) with other settings.")
        case .full:
            var problem = RequestProblem(.tooManyRequests)
            problem.retryAfter = 15
            throw problem
        }
    }

    func get(conversion request: Request, _ context: Context) async throws -> Response {
        let (account, id) = (try account(request, context), try id(context))
        guard let record = try await conversions.get(account: account, id: id) else { throw RequestProblem.notFound }
        return answer(try record.wire())
    }

    func list(conversions request: Request, _ context: Context) async throws -> Response {
        let account = try account(request, context)
        let (page, next) = try await conversions.list(
            account: account, after: try place(request), limit: options.pageSize)
        return answer(
            AssetConversionList(
                conversions: try page.map { try $0.wire() }, nextLink: nextLink(request, after: next)))
    }

    /// What can be told before a conversion runs; a missing input is told by the conversion itself.
    private func check(_ settings: AssetConversionSettings) throws {
        let (input, output) = (settings.inputLocation, settings.outputLocation)
        guard !input.relativeInputAssetPath.isEmpty else {
            throw RequestProblem.badRequest(
                "The input asset's path is empty.", target: "settings.inputLocation.relativeInputAssetPath")
        }
        if let name = output.outputAssetFilename {
            guard name.hasSuffix(RemoteRenderingAPI.assetExtension), !name.contains("/") else {
                throw RequestProblem.badRequest(
                    "The output asset's name has to end in .arrAsset and to be without folders.",
                    target: "settings.outputLocation.outputAssetFilename")
            }
        }
        for name in [input.relativeInputAssetPath, input.blobPrefix ?? "", output.blobPrefix ?? ""]
        where name.split(separator: "/").contains("..") || name.utf8.contains(0) {
            throw RequestProblem.badRequest("A path may not lead out of its container.", target: "settings")
        }
    }

    /// Whether the service may read and write where it is told to; the original refused such a request too.
    private func checkAccess(_ settings: AssetConversionSettings, of account: String) async throws {
        let (input, output) = (settings.inputLocation, settings.outputLocation)
        let places = [
            (input.storageContainerUri, input.storageContainerReadListSas, StoreLocator.Purpose.input, "inputLocation"),
            (output.storageContainerUri, output.storageContainerWriteSas, .output, "outputLocation"),
        ]
        for (uri, signature, purpose, member) in places {
            do {
                let store = try locator.store(uri: uri, signature: signature, for: purpose, account: account)
                if purpose == .input { try await store.checkReadable() }
            } catch let problem as StorageProblem {
                throw RequestProblem(
                    .forbidden, code: "DelegatedResourceAccessError", problem.message,
                    target: "settings.\(member).storageContainerUri")
            }
        }
    }
}
