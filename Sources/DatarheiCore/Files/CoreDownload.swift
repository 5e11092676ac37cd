// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// A file on its way from a Core, whose bytes can be read once.
public struct CoreDownload: Sendable {
    /// Bytes; Core tells the length of small files only.
    public var length: Int64?
    public var contentType: String?
    public var lastModified: Date?
    /// Fails with `TransportError` when it breaks off.
    public var body: ResponseBody
}
