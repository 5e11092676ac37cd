// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// What a service may repeat secrets in, which it was sent.
protocol Redactable {
    /// The same without anything that looks like a secret.
    var redacted: Self { get }
}

extension AssetConversion: Redactable {
    var redacted: AssetConversion {
        var conversion = self
        conversion.error = error?.redacted
        conversion.settings?.inputLocation.storageContainerReadListSas = nil
        conversion.settings?.outputLocation.storageContainerWriteSas = nil
        return conversion
    }
}

extension RenderingSession: Redactable {
    var redacted: RenderingSession {
        var session = self
        session.error = error?.redacted
        return session
    }
}
