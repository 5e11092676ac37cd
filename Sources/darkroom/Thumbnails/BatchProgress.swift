// SPDX-License-Identifier: Apache-2.0
import Jobs

/// Passes on what is worth a line of a job that is only a part of the work; its items are told by the whole.
struct BatchProgress: JobProgress {
    let display: any JobProgress

    func receive(_ event: JobEvent) {
        // Items go by the names that their files have in the meantime.
        if case .note = event { display.receive(event) }
    }
}
