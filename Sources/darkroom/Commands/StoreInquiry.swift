// SPDX-License-Identifier: Apache-2.0
import CloudStores
import Diagnostics
import Foundation
import Stores

/// Asks a store whether it can be read and written, with as little as that takes.
struct StoreInquiry {
    var opener: StoreOpener

    /// Reads an object that is hardly there: whoever may do that is told so, everybody else is refused.
    func read(_ text: String) async -> Finding {
        await finding(text) { store, folder in
            _ = try await store.head(of: "\(folder).darkroom/doctor", count: 1)
            return "answers, and may be read"
        }
    }

    /// Puts a small object and takes it away.
    func write(_ text: String) async -> Finding {
        await finding(text) { store, folder in
            let name = "\(folder).darkroom-doctor-\(UUID().uuidString)"
            try await store.put(Array("darkroom doctor\n".utf8), as: name, PutOptions(contentType: "text/plain"))
            try await store.delete(name)
            return "answers, and may be written"
        }
    }

    private func finding(
        _ text: String, _ ask: (any ObjectStore, String) async throws -> String
    ) async -> Finding {
        do {
            let address = try StoreAddress(text)
            return Finding(
                "store \(address)", .good, try await ask(opener.store(of: address), ObjectName.folder(address.name)))
        } catch {
            let shown = (try? StoreAddress(text)).map { "store \($0)" } ?? "store"
            return Finding(shown, .broken, "\(error)")
        }
    }
}
