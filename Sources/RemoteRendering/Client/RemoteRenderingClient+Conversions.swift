// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

extension RemoteRenderingClient {
    /// Starts the conversion of an asset; the same id with the same settings gives the conversion that is there.
    ///
    /// - Parameter id: of the caller's choice, best a UUID: letters, digits, `-` and `_`, at most 256.
    /// - Throws: `ServiceError`: 400 for settings that cannot be, 403 when the account may not read or write the storage,
    ///   409 when the id belongs to another conversion.
    public func beginAssetConversion(
        id: String, input: AssetConversionInputSettings, output: AssetConversionOutputSettings
    ) async throws -> ConversionPoller {
        try check(input, output)
        let purpose = "create the conversion \(id)"
        let creation = AssetConversionCreation(settings: AssetConversionSettings(input: input, output: output))
        var call = call(
            .put, ["conversions", try segment(id, isNew: true)], purpose: purpose,
            body: try body(creation, for: purpose))
        call.secrets = [input.storageContainerReadListSas, output.storageContainerWriteSas].compactMap { sas in
            sas.map { Secret($0.hasPrefix("?") ? String($0.dropFirst()) : $0) }
        }
        do {
            let (conversion, pause) = try await fetch(call, as: AssetConversion.self)
            return poller(of: conversion, asked: pause)
        } catch let error as ServiceError where error.status == 409 && error.tries > 1 {
            // A try whose answer was lost may have created it: then it is ours.
            return try await conversionPoller(id: id)
        }
    }

    /// A conversion as it stands.
    ///
    /// - Throws: `ServiceError`, with status 404 when there is none of that id.
    public func assetConversion(_ id: String) async throws -> AssetConversion {
        try await fetchConversion(id).0
    }

    /// All conversions of the account, in the order the service has.
    public func assetConversions() -> PagedSequence<AssetConversion> {
        let first = call(.get, ["conversions"], purpose: "list conversions")
        return PagedSequence(first: first) { [pipeline] call in
            let page = try await pipeline.json(call, as: AssetConversionList.self)
            let next = try page.nextLink.map { try pipeline.following($0, from: call) }
            return PagedSequence.Page(items: page.conversions.map(\.redacted), next: next)
        }
    }

    /// A poller of a conversion that was started before; looks at it once.
    public func conversionPoller(id: String) async throws -> ConversionPoller {
        let (conversion, pause) = try await fetchConversion(id)
        return poller(of: conversion, asked: pause)
    }

    /// A poller of the conversion that another poller's token names; looks at it once.
    ///
    /// - Throws: `ServiceError` with `.badArgument` for what is no such token, or one of another account.
    public func conversionPoller(continuationToken: String) async throws -> ConversionPoller {
        try await conversionPoller(id: ContinuationToken(continuationToken, account: account.id).id)
    }

    private func poller(of conversion: AssetConversion, asked pause: Duration?) -> ConversionPoller {
        ConversionPoller(
            conversion, pause: pause, interval: options.pollingInterval, clock: options.clock,
            token: ContinuationToken(account: account.id, id: conversion.id).text
        ) { try await fetchConversion(conversion.id) }
    }

    private func fetchConversion(_ id: String) async throws -> (AssetConversion, Duration?) {
        try await fetch(
            call(.get, ["conversions", try segment(id)], purpose: "show the conversion \(id)"), as: AssetConversion.self
        )
    }

    /// An answer and how long the service asks to wait before the next look.
    func fetch<Answer: Decodable & Redactable>(_ call: ServiceRequest, as type: Answer.Type) async throws -> (
        Answer, Duration?
    ) {
        let response = try await pipeline.collect(call)
        return (try pipeline.decode(response, of: call, as: type).redacted, response.retryAfter)
    }

    private func check(
        _ input: AssetConversionInputSettings, _ output: AssetConversionOutputSettings
    ) throws(ServiceError) {
        for container in [input.storageContainerUri, output.storageContainerUri] where container.contains("?") {
            throw ServiceError(
                .badArgument,
                "The address of a container, \(Redaction.text(container)), may hold no query: a SAS goes beside it.")
        }
        guard !input.relativeInputAssetPath.isEmpty else {
            throw ServiceError(.badArgument, "The path of the asset to convert is empty.")
        }
        if let name = output.outputAssetFilename, !name.hasSuffix(RemoteRenderingAPI.assetExtension) {
            throw ServiceError(
                .badArgument, "The output's name, \(name), has to end in \(RemoteRenderingAPI.assetExtension).")
        }
    }
}
