// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import RemoteRendering

/// A client of the account that the recordings are of.
struct ClientSetup {
    static let account = "30ea64bd-100f-4bf0-adc9-29fa45d4880c"
    static let conversion = "contoso-conversion-fbc3646c-0b97-4553-81ca-6fae2bfb754e"
    static let session = "contoso-session-c2b8ac1d-9494-4852-a59c-8c28813adc28"
    static let key = "ZmFrZS1hY2NvdW50LWtleS1mb3ItcHJvYmUtb25seSE="
    /// When the recordings were made.
    static let recorded = Date(timeIntervalSince1970: 1_795_247_157)

    let clock = ManualClock(recorded)
    let log = LogRecorder()
    let client: RemoteRenderingClient

    init(
        _ transport: any HTTPTransport, _ credential: RemoteRenderingCredential = .token(Secret("fixed")),
        tokenEndpoint: String? = nil, interval: Duration = .seconds(5)
    ) throws {
        var options = RemoteRenderingClient.Options(transport: transport)
        (options.clock, options.logger, options.pollingInterval) = (clock.clock, log.logger, interval)
        client = try RemoteRenderingClient(
            account: RemoteRenderingAccount(
                id: Self.account, domain: "eastus.mixedreality.azure.com",
                endpoint: "https://remoterendering.eastus.mixedreality.azure.com", tokenEndpoint: tokenEndpoint),
            credential: credential, options: options)
    }

    static let input = AssetConversionInputSettings(
        storageContainerURI: "https://contosostorage01.blob.core.windows.net/arrinput",
        relativeInputAssetPath: "house.fbx")
    static let output = AssetConversionOutputSettings(
        storageContainerURI: "https://contosostorage01.blob.core.windows.net/arroutput")

    /// The static token that a recording was made with.
    static func token(in file: String) throws -> Secret {
        let sent = try RecordedExchange.all(in: file).compactMap { $0.header("Authorization") }.first ?? "Bearer "
        return Secret(String(sent.dropFirst("Bearer ".count)))
    }
}
