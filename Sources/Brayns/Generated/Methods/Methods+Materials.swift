// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Names a model's material.
    public static let getMaterialType = Method<ModelReference, String>("get-material-type")

    /// Tells the parameters of a model of car paint.
    public static let getMaterialCarpaint = Method<ModelReference, CarPaintMaterial>("get-material-carpaint")

    /// Makes a model of car paint.
    public static let setMaterialCarpaint = Method<MaterialUpdate<CarPaintMaterial>, NoValue>("set-material-carpaint")

    /// Tells the parameters of a model that shines.
    public static let getMaterialEmissive = Method<ModelReference, EmissiveMaterial>("get-material-emissive")

    /// Makes a model shine.
    public static let setMaterialEmissive = Method<MaterialUpdate<EmissiveMaterial>, NoValue>("set-material-emissive")

    /// Tells the parameters of a ghost: there are none.
    public static let getMaterialGhost = Method<ModelReference, GhostMaterial>("get-material-ghost")

    /// Makes a model see-through but for its outline.
    public static let setMaterialGhost = Method<MaterialUpdate<GhostMaterial>, NoValue>("set-material-ghost")

    /// Tells the parameters of a model of glass.
    public static let getMaterialGlass = Method<ModelReference, GlassMaterial>("get-material-glass")

    /// Makes a model of glass.
    public static let setMaterialGlass = Method<MaterialUpdate<GlassMaterial>, NoValue>("set-material-glass")

    /// Tells the parameters of a matte model.
    public static let getMaterialMatte = Method<ModelReference, MatteMaterial>("get-material-matte")

    /// Makes a model matte.
    public static let setMaterialMatte = Method<MaterialUpdate<MatteMaterial>, NoValue>("set-material-matte")

    /// Tells the parameters of a model of metal.
    public static let getMaterialMetal = Method<ModelReference, MetalMaterial>("get-material-metal")

    /// Makes a model of metal.
    public static let setMaterialMetal = Method<MaterialUpdate<MetalMaterial>, NoValue>("set-material-metal")

    /// Tells the parameters of a model with the plain material.
    public static let getMaterialPhong = Method<ModelReference, PhongMaterial>("get-material-phong")

    /// Gives a model the plain material.
    public static let setMaterialPhong = Method<MaterialUpdate<PhongMaterial>, NoValue>("set-material-phong")

    /// Tells the parameters of a model of plastic.
    public static let getMaterialPlastic = Method<ModelReference, PlasticMaterial>("get-material-plastic")

    /// Makes a model of plastic.
    public static let setMaterialPlastic = Method<MaterialUpdate<PlasticMaterial>, NoValue>("set-material-plastic")

    /// Tells the parameters of a model with the principled material.
    public static let getMaterialPrincipled = Method<ModelReference, PrincipledMaterial>("get-material-principled")

    /// Gives a model the principled material.
    public static let setMaterialPrincipled = Method<MaterialUpdate<PrincipledMaterial>, NoValue>(
        "set-material-principled")
}
