// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// A rendering session, as a service describes it.
public struct RenderingSession: Sendable, Hashable {
    public var id: String
    public var creationTime: Date?
    /// Where clients shake hands, once the session is ready.
    public var handshakePort: Int?
    /// Where the inspector listens, once the session is ready.
    public var arrInspectorPort: Int?
    /// Where the session runs, once it is ready.
    public var hostname: String?
    public var elapsedTimeMinutes: Int?
    /// Minutes from the creation after which the session ends by itself.
    public var maxLeaseTimeMinutes: Int?
    public var size: RenderingSessionSize?
    public var teraflops: Double?
    /// There when the session has failed, if the service knows why.
    public var error: ServiceErrorBody?
    public var status: RenderingSessionStatus

    public init(
        id: String, creationTime: Date?, elapsedTimeMinutes: Int?, maxLeaseTimeMinutes: Int?,
        size: RenderingSessionSize?, status: RenderingSessionStatus, hostname: String? = nil, handshakePort: Int? = nil,
        arrInspectorPort: Int? = nil, teraflops: Double? = nil, error: ServiceErrorBody? = nil
    ) {
        (self.id, self.creationTime, self.hostname) = (id, creationTime, hostname)
        (self.handshakePort, self.arrInspectorPort, self.teraflops) = (handshakePort, arrInspectorPort, teraflops)
        (self.elapsedTimeMinutes, self.maxLeaseTimeMinutes) = (elapsedTimeMinutes, maxLeaseTimeMinutes)
        (self.size, self.error, self.status) = (size, error, status)
    }

    /// Minutes until the session ends by itself; `nil` when the service tells too little.
    public var minutesLeft: Int? {
        guard let maxLeaseTimeMinutes, let elapsedTimeMinutes else { return nil }
        return maxLeaseTimeMinutes - elapsedTimeMinutes
    }
}

extension RenderingSession: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, creationTime, handshakePort, arrInspectorPort, hostname, elapsedTimeMinutes, maxLeaseTimeMinutes
        case size, teraflops, error, status
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        creationTime = try values.decodeIfPresent(WireDate.self, forKey: .creationTime)?.date
        handshakePort = try values.decodeIfPresent(Int.self, forKey: .handshakePort)
        arrInspectorPort = try values.decodeIfPresent(Int.self, forKey: .arrInspectorPort)
        hostname = try values.decodeIfPresent(String.self, forKey: .hostname)
        elapsedTimeMinutes = try values.decodeIfPresent(Int.self, forKey: .elapsedTimeMinutes)
        maxLeaseTimeMinutes = try values.decodeIfPresent(Int.self, forKey: .maxLeaseTimeMinutes)
        size = try values.decodeIfPresent(RenderingSessionSize.self, forKey: .size)
        teraflops = try values.decodeIfPresent(Double.self, forKey: .teraflops)
        error = try values.decodeIfPresent(ServiceErrorBody.self, forKey: .error)
        status = try values.decode(RenderingSessionStatus.self, forKey: .status)
    }

    /// Writes what a service answers: no member without a value, `error` included.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encodeIfPresent(creationTime.map { WireDate($0, zone: .offset) }, forKey: .creationTime)
        try values.encodeIfPresent(handshakePort, forKey: .handshakePort)
        try values.encodeIfPresent(arrInspectorPort, forKey: .arrInspectorPort)
        try values.encodeIfPresent(hostname, forKey: .hostname)
        try values.encodeIfPresent(elapsedTimeMinutes, forKey: .elapsedTimeMinutes)
        try values.encodeIfPresent(maxLeaseTimeMinutes, forKey: .maxLeaseTimeMinutes)
        try values.encodeIfPresent(size, forKey: .size)
        try values.encodeIfPresent(teraflops, forKey: .teraflops)
        try values.encodeIfPresent(error, forKey: .error)
        try values.encode(status, forKey: .status)
    }
}
