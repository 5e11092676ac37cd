// SPDX-License-Identifier: Apache-2.0

/// What a worker is asked: one line of JSON.
struct Question: Codable, Sendable {
    enum Ask: String, Codable, Sendable {
        /// Name the libraries at hand with their versions.
        case describe
        /// Get a call ready and keep it under `slot`.
        case prepare
        /// Make the call `times` times and say how long that took.
        case time
        /// Make it once and say what it held and allocated.
        case weigh
        /// Forget a call.
        case drop
    }

    var ask: Ask
    var slot = ""
    var call = ""
    var options: [String: String] = [:]
    var times = 1
}

/// What a worker answers: one line of JSON.
struct Answer: Codable, Sendable {
    /// Why the call cannot be had on this machine.
    var absent: String?
    /// What went wrong.
    var error: String?
    /// Seconds of all calls together.
    var seconds: Double?
    /// Units of work of one call.
    var work: Double?
    /// Bytes of the file that a call makes.
    var output: Int?
    var allocations: Int?
    /// Bytes above the idle process.
    var peak: Int?
    var versions: [String: String]?
}
