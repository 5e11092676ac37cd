// SPDX-License-Identifier: Apache-2.0

/// A flag's value where one word, such as `auto` or `none`, stands for no value.
///
/// An optional of an optional would say the same, but the argument parser takes it for a flag that was given.
struct Setting<Value> {
    /// The value, `nil` for the word.
    var value: Value?

    init(_ value: Value?) { self.value = value }
}

extension Setting: Sendable where Value: Sendable {}
