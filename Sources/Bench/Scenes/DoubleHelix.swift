// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// Atoms where those of B-DNA would roughly be: two strands of phosphates and sugars, pairs of bases between them.
struct DoubleHelix {
    /// Pairs of bases.
    var pairs: Int

    private static let rise = 3.4
    private static let turn = 36 * Double.pi / 180
    /// Element, distance from the axis, angle from the base's own and height, in ångströms and degrees.
    private static let strand: [(element: String, radius: Double, angle: Double, height: Double)] = [
        ("P", 8.9, 0, 0), ("O", 10.2, 4, 0.5), ("O", 9.4, -7, -0.9), ("O", 8.6, 8, -0.8), ("C", 8.5, 17, -0.2),
        ("C", 7.7, 24, 0.8), ("O", 6.6, 22, 1.2), ("C", 8.1, 33, 1.5), ("O", 8.9, 37, 2.6), ("C", 7.0, 39, 1.0),
        ("C", 5.9, 32, 1.3),
    ]
    private static let base: [(element: String, radius: Double, angle: Double)] = [
        ("N", 4.9, 33), ("C", 4.6, 48), ("N", 3.5, 56), ("C", 2.6, 40), ("C", 3.7, 26), ("C", 3.4, 5), ("N", 2.2, -8),
        ("O", 4.2, -12), ("N", 1.4, 30),
    ]

    /// The atoms as a PDB file.
    func pdb() -> [UInt8] {
        var (text, number) = ("", 0)
        for pair in 0..<pairs {
            for side in 0..<2 {
                let atoms =
                    Self.strand
                    + Self.base.map { (element: $0.element, radius: $0.radius, angle: $0.angle, height: 1.6) }
                for atom in atoms {
                    number += 1
                    // The second strand is the first turned about an axis across the helix.
                    let own = (side == 0 ? 1 : -1) * (atom.angle * .pi / 180) + (side == 0 ? 0 : 145 * .pi / 180)
                    let angle = Double(pair) * Self.turn + own
                    let height = Double(pair) * Self.rise + (side == 0 ? atom.height : 3.2 - atom.height)
                    text += record(
                        number, atom.element, chain: side == 0 ? "A" : "B", residue: pair + 1,
                        Vector3(atom.radius * cos(angle), height, atom.radius * sin(angle)))
                }
            }
        }
        return Array((text + "END\n").utf8)
    }

    private func record(
        _ number: Int, _ element: String, chain: String, residue: Int, _ place: Vector3
    ) -> String {
        let head = String(format: "ATOM  %5d  ", number) + element + "    DC " + chain
        let middle = String(format: "%4d    %8.3f%8.3f%8.3f", residue, place.x, place.y, place.z)
        return head + middle + "  1.00  0.00           \(element)  \n"
    }
}
