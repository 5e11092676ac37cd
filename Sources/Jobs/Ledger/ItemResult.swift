// SPDX-License-Identifier: Apache-2.0

/// How an item ended.
public enum ItemResult: String, Hashable, Sendable, Codable, CaseIterable {
    /// Drawn, and its files are in place.
    case done
    /// Its files were in place from before, made from the same inputs and settings.
    case unchanged
    /// A format or loader that the backend lacks.
    case unsupported
    /// Over a limit that the user can lift.
    case skippedByLimit
    /// Could not be drawn or written.
    case failed
    /// Crashed the renderer, again when it was tried alone.
    case crashedRenderer
    /// The picture shows nothing.
    case emptyFrame
    /// The run ended before it.
    case interrupted

    /// Whether the item's files are in place.
    public var isInPlace: Bool { self == .done || self == .unchanged }

    /// Whether such an end is remembered, and the item not tried again until something changes.
    var isRemembered: Bool {
        switch self {
        case .failed, .crashedRenderer, .emptyFrame: true
        case .done, .unchanged, .unsupported, .skippedByLimit, .interrupted: false
        }
    }

    /// Whether such an end counts against `max-failures`.
    var isFailure: Bool { self == .failed || self == .crashedRenderer || self == .emptyFrame }
}
