// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import darkroom

@Suite struct ProgramArgumentsTests {
    @Test(
        "a command line ends each word with a zero byte",
        arguments: [
            ("", []), ("darkroom\0", ["darkroom"]), ("darkroom\0a b\0\0c\0", ["darkroom", "a b", "", "c"]),
            ("darkroom\0é", ["darkroom", "é"]),
        ] as [(String, [String])])
    func splitting(line: String, words: [String]) {
        #expect(ProgramArguments.split(Data(line.utf8)) == words)
    }
}
