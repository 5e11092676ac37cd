// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// All methods of a server with all its plugins.
    public static let all: [any BraynsMethod] = [
        addModel, uploadModel, getModel, getScene, updateModel, removeModel, instantiateModel, clearModels,
        clearRenderables, addSpheres, addCapsules, addBoxes, addPlanes, addBoundedPlanes, addClippingSpheres,
        addClippingCapsules, addClippingBoxes, addClippingPlanes, addClippingBoundedPlanes, addClipPlane,
        clearClipPlanes, clearClippingGeometries, getCameraType, getCameraView, setCameraView, getCameraPerspective,
        setCameraPerspective, getCameraOrthographic, setCameraOrthographic, getCameraCylindric, setCameraCylindric,
        getCameraNearClip, setCameraNearClip, getCameraRegion, setCameraRegion, addLightAmbient, addLightDirectional,
        addLightQuad, addLightSphere, clearLights, getRendererType, getRendererInteractive, setRendererInteractive,
        getRendererProduction, setRendererProduction, getMaterialType, getMaterialCarpaint, setMaterialCarpaint,
        getMaterialEmissive, setMaterialEmissive, getMaterialGhost, setMaterialGhost, getMaterialGlass,
        setMaterialGlass, getMaterialMatte, setMaterialMatte, getMaterialMetal, setMaterialMetal, getMaterialPhong,
        setMaterialPhong, getMaterialPlastic, setMaterialPlastic, getMaterialPrincipled, setMaterialPrincipled,
        getColorMethods, getColorValues, colorModel, getColorRamp, setColorRamp, getSimulationParameters,
        setSimulationParameters, enableSimulation, snapshot, exportGbuffers, renderImage, setFramebufferStatic,
        setFramebufferProgressive, inspect, getVersion, getApplicationParameters, setApplicationParameters, registry,
        schema, getLoaders, cancel, quit, getCircuitIDs, setCircuitThickness, getAvailableAtlasUsecases,
        visualizeAtlasUsecase,
    ]
}
