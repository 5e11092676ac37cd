// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import TestFixtures
import Testing

@testable import Models

@Suite struct MoleculeTests {
    private static func protein(_ reader: ProteinReader = ProteinReader()) throws -> [Primitives.Sphere] {
        let text = try ModelFiles().text(Fixtures.url("molecules/1bna.pdb").path)
        return try reader.read(text, shown: "1bna.pdb").primitives.spheres
    }

    @Test("every atom of a protein is a sphere, its places in hundredths of an ångström")
    func protein() throws {
        let spheres = try Self.protein()
        #expect(spheres.count == 566)
        let first = try #require(spheres.first)
        #expect(abs(first.center.x - 0.18935) < 1e-6 && abs(first.center.y - 0.34195) < 1e-6)
        // The first atom is an oxygen.
        #expect(abs(first.radius - 0.0048) < 1e-7)
        #expect(first.color == SIMD4(1, 0.05, 0.05, 1))
    }

    @Test("schemes colour by number, chain and residue; the multiplier thickens")
    func schemes() throws {
        let byID = try Self.protein(ProteinReader(scheme: .byID))
        #expect(byID[0].color == ChemicalElement.palette[1])
        #expect(byID[112].color == ChemicalElement.palette[0])
        let chains = try Self.protein(ProteinReader(scheme: .chains))
        #expect(Set(chains.map(\.color)) == [ChemicalElement.palette[1], ChemicalElement.palette[2]])
        let thick = try Self.protein(ProteinReader(scheme: .residues, radiusMultiplier: 3))
        #expect(abs(thick[0].radius - 0.0144) < 1e-7)
    }

    @Test("elements are known in any case, and what is unknown has none")
    func elements() {
        #expect(ChemicalElement.index(symbol: "C") == 5)
        #expect(ChemicalElement.index(symbol: "CL") == 16 && ChemicalElement.index(symbol: "Cl") == 16)
        #expect(ChemicalElement.index(symbol: "Qq") == nil)
        #expect(ChemicalElement.all.count == 109 && ChemicalElement.palette.count == 113)
    }

    @Test(
        "what is no protein says so",
        arguments: [
            "", "HEADER only\n", "ATOM      x  C   DC A   1      18.935  34.195  25.617  1.00 64.35           C",
        ])
    func badProteins(text: String) {
        #expect(throws: ModelError.self) { try ProteinReader().read(text, shown: "bad.pdb") }
    }

    @Test("places are read line by line, comments and empty lines left out, each with its share")
    func places() throws {
        var shares: [Float] = []
        let model = try SphereListReader.read("# head\n1 2 3\n\n 4 5 6.5\r\n", shown: "a.xyz") { shares.append($0) }
        #expect(model.primitives.spheres.map(\.center) == [SIMD3(1, 2, 3), SIMD3(4, 5, 6.5)])
        #expect(shares == [0, 0.25])
    }

    @Test("lines that are not three numbers are named", arguments: ["1 2", "1 2 x", "1 2 3 4", "1 2 nan"])
    func badPlaces(line: String) {
        #expect {
            try SphereListReader.read("0 0 0\n\(line)\n", shown: "a.xyz") { _ in }
        } throws: { ($0 as? ModelError)?.message.contains("Line 2 of a.xyz") == true }
    }
}
