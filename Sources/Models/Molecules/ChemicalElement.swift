// SPDX-License-Identifier: Apache-2.0

/// An element as molecules are usually drawn: Jmol's colour and the radius that Clementi computed.
struct ChemicalElement: Sendable {
    /// Linear colour.
    var color: SIMD4<Float>
    /// In picometres, `nil` where none is known.
    var radius: Float?

    /// The elements in the order of their numbers, hydrogen first.
    static let all: [ChemicalElement] = rows.map(\.element)

    /// What numbers are coloured by: the elements' colours, and white for those that had no name yet.
    static let palette = all.map(\.color) + [SIMD4<Float>](repeating: SIMD4(repeating: 1), count: 4)

    /// The element of a symbol in any case, by its place in `all`.
    static func index(symbol: String) -> Int? { indices[symbol.uppercased()] }

    private static let indices = Dictionary(
        uniqueKeysWithValues: rows.enumerated().map { ($1.symbol.uppercased(), $0) })

    private static let rows: [(symbol: String, element: ChemicalElement)] = table.split(separator: ";").map { row in
        let fields = row.split(separator: " ")
        let numbers = fields.dropFirst().map { Float($0) ?? 0 }
        return (
            String(fields[0]),
            ChemicalElement(
                color: SIMD4(numbers[0] / 100, numbers[1] / 100, numbers[2] / 100, 1),
                radius: numbers.count > 3 ? numbers[3] : nil)
        )
    }

    /// Symbol, red, green and blue in hundredths, radius.
    private static let table = """
        H 87 87 87 53; He 85 100 100 31; Li 80 50 100 167; Be 76 100 0 112; B 100 71 71 87; C 56 56 56 67;\
        N 19 31 97 56; O 100 5 5 48; F 62 2 0 42; Ne 70 89 96 38; Na 67 36 95 190; Mg 54 100 0 145;\
        Al 75 65 65 118; Si 94 78 63 111; P 100 50 0 98; S 100 100 19 88; Cl 12 94 12 79; Ar 50 82 89 71;\
        K 56 25 83 243; Ca 24 100 0 194; Sc 90 90 90 184; Ti 75 76 78 176; V 65 65 67 171; Cr 54 60 78 166;\
        Mn 61 48 78 161; Fe 88 40 20 156; Co 94 56 63 152; Ni 31 82 31 149; Cu 78 50 20 145; Zn 49 50 69 142;\
        Ga 76 56 56 136; Ge 40 56 56 125; As 74 50 89 114; Se 100 63 0 103; Br 65 16 16 94; Kr 36 72 82 88;\
        Rb 44 18 69; Sr 0 100 0; Y 58 100 100; Zr 58 88 88; Nb 45 76 79; Mo 33 71 71; Tc 23 62 62;\
        Ru 14 56 56; Rh 4 49 55; Pd 41 52 0; Ag 75 75 75; Cd 100 85 56; In 65 46 45; Sn 40 50 50;\
        Sb 62 39 71; Te 83 48 0; I 58 0 58; Xe 26 62 69; Cs 34 9 56; Ba 0 79 0; La 44 83 100; Ce 100 100 78;\
        Pr 85 100 78; Nd 78 100 78; Pm 64 100 78; Sm 56 100 78; Eu 38 100 78; Gd 27 100 78; Tb 19 100 78;\
        Dy 12 100 78; Ho 0 100 61; Er 0 90 46; Tm 0 83 32; Yb 0 75 22; Lu 0 67 14; Hf 30 76 100;\
        Ta 30 65 100; W 13 58 84; Re 15 49 67; Os 15 40 59; Ir 9 33 53; Pt 82 82 88; Au 100 82 14;\
        Hg 72 72 82; Tl 65 33 30; Pb 34 35 38; Bi 62 31 71; Po 67 36 0; At 46 31 27; Rn 26 51 59; Fr 26 0 40;\
        Ra 0 49 0; Ac 44 67 98; Th 0 73 100; Pa 0 63 100; U 0 56 100; Np 0 50 100; Pu 0 42 100; Am 33 36 95;\
        Cm 47 36 89; Bk 54 31 89; Cf 63 21 83; Es 70 12 83; Fm 70 12 73; Md 70 5 65; No 74 5 53; Lr 78 0 40;\
        Rf 80 0 35; Db 82 0 31; Sg 85 0 27; Bh 88 0 22; Hs 90 0 18; Mt 92 0 15
        """
}
