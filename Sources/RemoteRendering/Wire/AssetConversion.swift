// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// The conversion of an asset, as a service describes it.
public struct AssetConversion: Sendable, Hashable {
    /// Where the result of a conversion that succeeded lies.
    public struct Output: Codable, Sendable, Hashable {
        public var outputAssetUri: String

        public init(outputAssetUri: String) { self.outputAssetUri = outputAssetUri }
    }

    public var id: String
    public var creationTime: Date?
    /// What was asked for, but not word by word: services leave out every SAS, end prefixes in a slash and fill in the
    /// output's name.
    public var settings: AssetConversionSettings?
    /// There once the conversion has succeeded.
    public var output: Output?
    /// There once the conversion has failed, if the service knows why.
    public var error: ServiceErrorBody?
    public var status: AssetConversionStatus

    public init(
        id: String, creationTime: Date?, settings: AssetConversionSettings?, output: Output? = nil,
        error: ServiceErrorBody? = nil, status: AssetConversionStatus
    ) {
        (self.id, self.creationTime, self.settings) = (id, creationTime, settings)
        (self.output, self.error, self.status) = (output, error, status)
    }
}

extension AssetConversion: Codable {
    private enum CodingKeys: String, CodingKey { case id, creationTime, settings, output, error, status }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        creationTime = try values.decodeIfPresent(WireDate.self, forKey: .creationTime)?.date
        // Settings with members missing say nothing of how the conversion stands.
        settings = try? values.decodeIfPresent(AssetConversionSettings.self, forKey: .settings)
        output = try? values.decodeIfPresent(Output.self, forKey: .output)
        error = try values.decodeIfPresent(ServiceErrorBody.self, forKey: .error)
        status = try values.decode(AssetConversionStatus.self, forKey: .status)
    }

    /// Writes what a service answers: `output` only where there is one, `error` always, null or not.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encodeIfPresent(creationTime.map { WireDate($0, zone: .letter) }, forKey: .creationTime)
        try values.encodeIfPresent(settings, forKey: .settings)
        try values.encodeIfPresent(output, forKey: .output)
        try values.encode(error, forKey: .error)
        try values.encode(status, forKey: .status)
    }
}
