// SPDX-License-Identifier: Apache-2.0
import Stores

extension StoredFiles {
    /// Learns what the check of finished work will ask for and lists have not told: side files outside of the sources'
    /// folders, and with `verifies` the fingerprints of pictures, all of which are opened for it.
    ///
    /// - Parameter records: what is known of an item by its key.
    /// - Throws: `StoreError`; `CancellationError`.
    func prepareCheck(
        _ plan: JobPlan, verifies: Bool, records: (String) -> [LedgerRecord]
    ) async throws -> [String: Fingerprint] {
        var (unknown, pictures): (Set<String>, [String]) = ([], [])
        for item in plan.items {
            let source = plan.scenes[item.scene].source.path
            for record in records(plan.key(item)) {
                if Self.holds(source) {
                    for name in record.sideFiles {
                        let path = SideFiles.resolve(name, beside: source)
                        if !isSettled(path) { unknown.insert(Self.plain(path)) }
                    }
                }
                guard verifies, record.result == .done else { continue }
                pictures += plan.outputPaths(item).filter { Self.holds($0) && known($0) != nil }
            }
        }
        try await each(unknown.sorted()) { path in
            // What leads out of its store can never be there.
            if (try? StoreAddress(path)) != nil { _ = try await self.look(path) }
        }
        return try await verified(pictures)
    }

    private func verified(_ pictures: [String]) async throws -> [String: Fingerprint] {
        try await withThrowingTaskGroup(of: (String, Fingerprint?).self) { group in
            var found: [String: Fingerprint] = [:]
            for (index, path) in pictures.enumerated() {
                if index >= options.atOnce, let (path, fingerprint) = try await group.next() {
                    found[path] = fingerprint
                }
                group.addTask {
                    let (store, name) = try self.place(path)
                    let length = Int(self.known(path)?.length ?? 0)
                    let bytes = try await store.head(of: name, count: max(1, length)) ?? []
                    return (path, await Offload.run { PictureOnDisk.verifiedFingerprint(of: bytes) })
                }
            }
            for try await (path, fingerprint) in group { found[path] = fingerprint }
            return found
        }
    }

    /// Does something to each, several at once.
    func each<Element: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, element) in elements.enumerated() {
                if index >= options.atOnce { try await group.next() }
                group.addTask { try await body(element) }
            }
            try await group.waitForAll()
        }
    }
}
