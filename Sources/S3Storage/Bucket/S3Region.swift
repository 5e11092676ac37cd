// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// Regions of AWS, and where S3 answers in them.
enum S3Region {
    static let usual = "us-east-1"

    /// Whether a text can be a region; it becomes part of a host's name.
    static func isOne(_ text: String) -> Bool {
        (3...40).contains(text.utf8.count) && text.first != "-" && text.last != "-"
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// What the services' names of a region end in.
    static func domain(of region: String) -> String {
        region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    }

    /// The address of a bucket.
    ///
    /// - Parameters:
    ///   - endpoint: of an S3 that is not AWS'; `nil` for AWS'.
    ///   - isInPath: whether the bucket stands in the path and not before the host's name; `nil` goes by the endpoint.
    static func address(
        of bucket: String, region: String, endpoint: String?, isInPath: Bool?
    ) throws(ServiceError) -> ServiceEndpoint {
        guard let endpoint else {
            let host = "s3.\(region).\(domain(of: region))"
            // A certificate for all buckets covers no name with dots.
            let isInPath = isInPath ?? bucket.contains(".")
            return try ServiceEndpoint(
                isInPath ? "https://\(host)/\(bucket)" : "https://\(bucket).\(host)")
        }
        let place = try ServiceEndpoint(endpoint, plainHTTP: .everywhere)
        if isInPath ?? true { return try ServiceEndpoint("\(place)/\(bucket)", plainHTTP: .everywhere) }
        return try ServiceEndpoint(
            "\(place.scheme)://\(bucket).\(place.authority)\(place.basePath)", plainHTTP: .everywhere)
    }
}
