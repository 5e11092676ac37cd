// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Lists what a model can be coloured by.
    public static let getColorMethods = Method<ModelReference, [ColorMethod]>("get-color-methods")

    /// Lists the values that a method tells apart in a model.
    public static let getColorValues = Method<ColorValuesRequest, [String]>("get-color-values")

    /// Colours a model by a method.
    public static let colorModel = Method<ColorUpdate, NoValue>("color-model")

    /// Tells how a model's numbers become colours.
    public static let getColorRamp = Method<ModelReference, ColorRamp>("get-color-ramp")

    /// Sets how a model's numbers become colours.
    public static let setColorRamp = Method<ColorRampUpdate, NoValue>("set-color-ramp")
}
