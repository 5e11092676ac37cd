// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A number that one side counts up and the other looks at.
final class Progress: Sendable {
    private let value = Mutex(0)

    var count: Int {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
