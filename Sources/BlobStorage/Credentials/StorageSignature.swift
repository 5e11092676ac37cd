// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPService

/// HMAC-SHA256 with a key of a storage account.
enum StorageSignature {
    /// The signature of a text, in base64.
    ///
    /// - Throws: `ServiceError` with `.badArgument` when the key is no base64.
    static func sign(_ text: String, with key: Secret) throws(ServiceError) -> String {
        let bytes = try check(key)
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: bytes))
        return Data(code).base64EncodedString()
    }

    /// The bytes of a key.
    @discardableResult
    static func check(_ key: Secret) throws(ServiceError) -> Data {
        guard let bytes = Data(base64Encoded: key.reveal()), !bytes.isEmpty else {
            throw ServiceError(.badArgument, "The key of the storage account is no base64.")
        }
        return bytes
    }
}
