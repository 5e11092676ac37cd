// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene
import Testing

@testable import Conversion

@Suite struct ConversionSettingsTests {
    private func read(_ text: String) throws -> ConversionSettings {
        try ConversionSettings(json: Array(text.utf8), shown: "box.ConversionSettings.json")
    }

    @Test("an empty object leaves every default") func defaults() throws {
        let settings = try read("{}")
        #expect(settings == ConversionSettings())
        #expect(settings.scaling == 1 && settings.sidedness == .double && settings.sceneGraphMode == .dynamic)
        #expect(settings.deduplicatesMaterials && settings.generatesCollisionMesh && !settings.recentersToOrigin)
    }

    @Test("every key of the guide is taken") func keys() throws {
        let settings = try read(
            """
            {"scaling": 0.01, "recenterToOrigin": true, "opaqueMaterialDefaultSidedness": "SingleSided",
             "material-override": "old.json", "gammaToLinearMaterial": true, "gammaToLinearVertex": false,
             "sceneGraphMode": "none", "generateCollisionMesh": false, "unlitMaterials": true,
             "deduplicateMaterials": false, "fbxAssumeMetallic": false, "axis": ["+x", "+z", "-y"],
             "vertex": {"normal": "NONE", "texcoord0": "16_16_FLOAT"}, "metadataKeys": ["a", "b*"]}
            """)
        #expect(settings.scaling == 0.01 && settings.recentersToOrigin && settings.sidedness == .single)
        #expect(settings.gammaToLinearMaterial == true && settings.gammaToLinearVertex == false)
        #expect(settings.sceneGraphMode == .none && settings.unlitMaterials && !settings.deduplicatesMaterials)
        #expect(settings.axis == [.plusX, .plusZ, .minusY] && settings.omittedAttributes == [.normal])
        #expect(settings.metadataKeys == ["a", "b*"])
    }

    @Test(
        "what is not known is refused by name",
        arguments: [
            ("{\"scalling\": 1}", "scalling"), ("{\"scaling\": 0}", "scaling"), ("{\"scaling\": \"1\"}", "scaling"),
            ("{\"axis\": [\"+x\", \"-x\", \"+z\"]}", "axis"), ("{\"axis\": [\"+x\", \"+y\"]}", "axis"),
            ("{\"sceneGraphMode\": \"tree\"}", "sceneGraphMode"), ("{\"recenterToOrigin\": 1}", "recenterToOrigin"),
            ("{\"vertex\": {\"normal\": \"32_FLOAT\"}}", "vertex"), ("{\"vertex\": {\"weight\": \"NONE\"}}", "vertex"),
            ("{\"metadataKeys\": [1]}", "metadataKeys"), ("[]", "object"), ("{", "JSON"),
        ])
    func refusals(text: String, named: String) throws {
        let error = try #require(throws: ConversionError.self) { try read(text) }
        #expect(error.code == .badSettings)
        #expect(error.message.contains(named) && error.message.contains("box.ConversionSettings.json"))
    }

    @Test("axes turn space as they say") func axes() throws {
        let settings = try read("{\"axis\": [\"+x\", \"+z\", \"-y\"]}")
        #expect(settings.axisMatrix.apply(toPoint: Vector3(1, 2, 3)) == Vector3(1, 3, -2))
    }

    @Test(
        "the settings file stands under the model's name",
        arguments: [("a/box.fbx", "a/box.ConversionSettings.json"), ("box", "box.ConversionSettings.json")])
    func fileName(model: String, expected: String) {
        #expect(ConversionSettings.fileName(for: model) == expected)
    }
}
