// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Jobs
import Stores

/// Why one conversion gets no thumbnail.
struct ContainerProblem: Error {
    /// One sentence: what, where, what to do.
    var message: String
    var blame = Blame.input

    init(message: String, blame: Blame = .input) { (self.message, self.blame) = (message, blame) }

    /// What a store's error means for a conversion.
    init(_ error: StoreError) {
        let blame: Blame =
            switch error.code {
            case .file, .noCredentials, .skewed: .environment
            case .badName, .noObject: .input
            default: .remote
            }
        self.init(message: error.message, blame: blame)
    }
}
