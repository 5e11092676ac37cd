// SPDX-License-Identifier: Apache-2.0

/// Reads the atoms of a PDB file as spheres; lengths in the model are hundredths of an ångström.
package struct ProteinReader: Sendable {
    /// What an atom's colour tells.
    package enum ColorScheme: String, Sendable, CaseIterable {
        case none
        case byID = "by_id"
        case atoms = "protein_atoms"
        case chains = "protein_chains"
        case residues = "protein_residues"
    }

    package var scheme: ColorScheme
    package var radiusMultiplier: Float

    package init(scheme: ColorScheme = .none, radiusMultiplier: Float = 1) {
        (self.scheme, self.radiusMultiplier) = (scheme, radiusMultiplier)
    }

    /// One sphere for each ATOM and HETATM record.
    ///
    /// - Throws: `ModelError` with `.corrupt` for a record whose place is no number, `.empty` when there is none.
    package func read(_ text: String, shown: String) throws(ModelError) -> Model {
        var model = Model()
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            guard line.hasPrefix("ATOM") || line.hasPrefix("HETATM") else { continue }
            guard let atom = Atom(Array(line.utf8)) else {
                throw ModelError(.corrupt, "Line \(number) of \(shown) is no atom: it lacks its number or its place.")
            }
            model.primitives.spheres.append(sphere(atom))
        }
        guard !model.primitives.spheres.isEmpty else { throw ModelError(.empty, "\(shown) holds no atoms.") }
        return model
    }

    /// What Brayns draws an element with that it knows no radius of, in picometres.
    private static let defaultRadius: Float = 25

    private func sphere(_ atom: Atom) -> Primitives.Sphere {
        let element = ChemicalElement.index(symbol: atom.element)
        let radius = element.flatMap { ChemicalElement.all[$0].radius } ?? Self.defaultRadius
        let index =
            switch scheme {
            case .none, .atoms: element ?? 0
            case .byID: atom.number
            case .chains: Int(atom.chain) - 64
            case .residues: atom.residue
            }
        let count = ChemicalElement.palette.count
        return Primitives.Sphere(
            // In this order, so that boxes are Brayns' to the last bit.
            center: atom.position * 0.001 * 10, radius: radius * radiusMultiplier * 0.0001,
            color: ChemicalElement.palette[(index % count + count) % count])
    }
}

/// One record, read by the columns that the format gives its fields.
private struct Atom {
    var number: Int
    var chain: UInt8
    var residue: Int
    /// In ångströms.
    var position: SIMD3<Float>
    var element: String

    init?(_ line: [UInt8]) {
        func field(_ columns: ClosedRange<Int>) -> String {
            guard columns.lowerBound <= line.count else { return "" }
            let bytes = line[columns.lowerBound - 1..<min(columns.upperBound, line.count)]
            return String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        }
        guard let number = Int(field(7...11)), let x = Float(field(31...38)), let y = Float(field(39...46)),
            let z = Float(field(47...54)), x.isFinite, y.isFinite, z.isFinite
        else { return nil }
        self.number = number
        position = SIMD3(x, y, z)
        chain = line.count > 21 ? line[21] : 0
        residue = Int(field(23...26)) ?? 0
        let symbol = String(field(77...78).filter(\.isLetter))
        // Old files have no element: the name's first letter is it, for all that proteins are made of.
        element = symbol.isEmpty ? String(field(13...16).drop { !$0.isLetter }.prefix(1)) : symbol
    }
}
