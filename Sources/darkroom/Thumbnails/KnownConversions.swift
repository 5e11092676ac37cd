// SPDX-License-Identifier: Apache-2.0
import RemoteRendering
import Thumbnails

/// The conversions that a watch has seen, and how the assets of each stood when it was last looked at.
actor KnownConversions {
    private var conversions: [String: AssetConversion] = [:]
    private(set) var states: [String: String] = [:]

    /// Takes in what the service lists now; assets of conversions that were handed out are not looked at again.
    func take(
        _ listed: [AssetConversion], _ thumbnails: ConversionThumbnails, handedOut: Set<String>
    ) async -> [String: String] {
        conversions = Dictionary(listed.map { ($0.id, $0) }) { $1 }
        var now: [String: String] = [:]
        for conversion in conversions.values {
            if handedOut.contains(conversion.id), let state = states[conversion.id] {
                now[conversion.id] = state
            } else {
                now[conversion.id] = await thumbnails.state(of: conversion)
            }
        }
        states = now
        return now
    }

    func conversions(_ ids: [String]) -> [AssetConversion] { ids.compactMap { conversions[$0] } }
}
