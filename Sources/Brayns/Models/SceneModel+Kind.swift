// SPDX-License-Identifier: Apache-2.0

extension SceneModel {
    /// Whether this is a light rather than something drawn.
    public var isLight: Bool { type == "light" }
}
