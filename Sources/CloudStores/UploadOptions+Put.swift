// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Stores

extension UploadOptions {
    /// What a store is asked, as its service takes it.
    init(_ options: PutOptions) {
        let condition: Condition =
            switch options.condition {
            case .always: .always
            case .ifNew: .ifNew
            case .ifUnchanged(let version): .ifUnchanged(etag: version)
            }
        self.init(contentType: options.contentType, metadata: options.metadata, condition: condition)
    }
}
