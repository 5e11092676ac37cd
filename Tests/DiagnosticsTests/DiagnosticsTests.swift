// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation
import Testing

@testable import Diagnostics

@Suite struct MachineFactsTests {
    @Test("a value of /proc/cpuinfo is found by its whole key")
    func keyedValue() {
        let text = "model\t\t: 17\nmodel name\t: A CPU: fast\nflags\t: fpu avx2 avx512f sse4_2\n"
        #expect(MachineFacts.value(of: "model name", in: text) == "A CPU: fast")
        #expect(MachineFacts.value(of: "model", in: text) == "17")
        #expect(MachineFacts.value(of: "mod", in: text) == nil)
        #expect(MachineFacts.features(in: text) == ["sse4_2", "avx2", "avx512f"])
    }

    @Test("memory is told in bytes, and nonsense is not told at all")
    func memory() {
        #expect(MachineFacts.kibibytes("MemTotal", in: "MemTotal:       1024 kB\n") == 1 << 20)
        #expect(MachineFacts.kibibytes("MemTotal", in: "MemTotal: 9223372036854775807 kB\n") == nil)
        #expect(MachineFacts.kibibytes("MemTotal", in: "MemTotal: much kB\n") == nil)
        #expect(MachineFacts.kibibytes("MemTotal", in: "") == nil)
    }

    @Test("the system's name loses its quotes")
    func systemName() {
        #expect(MachineFacts.prettyName(in: "ID=debian\nPRETTY_NAME=\"Debian 12\"\n") == "Debian 12")
        #expect(MachineFacts.prettyName(in: "") == nil)
    }

    @Test("this machine has a processor and memory")
    func current() throws {
        let facts = MachineFacts.current()
        #expect(facts.processors > 0)
        #expect(try #require(facts.memoryBytes) > 1 << 20)
        let coded = try JSONEncoder().encode(facts)
        #expect(try JSONDecoder().decode(MachineFacts.self, from: coded) == facts)
    }
}

@Suite struct LinkedLibraryTests {
    @Test("an address belongs to the file whose mapping holds it")
    func mapping() throws {
        let maps = """
            1000-2000 r-xp 00000000 08:01 7 /lib/libone.so.1
            2000-3000 rw-p 00000000 00:00 0
            3000-4000 r-xp 00000000 08:01 8 /lib/with space.so
            """
        func file(_ address: UInt) throws -> String? {
            LinkedLibrary.file(of: try #require(UnsafeMutableRawPointer(bitPattern: address)), maps: maps)
        }
        #expect(try file(0x1fff) == "/lib/libone.so.1")
        #expect(try file(0x2000) == nil)
        #expect(try file(0x3abc) == "/lib/with space.so")
        #expect(try file(0x4000) == nil)
    }

    @Test("every library is asked for once")
    func names() {
        let all = LinkedLibrary.all()
        #expect(Set(all.map(\.name)).count == 9)
        #expect(all.filter { !$0.isPresent }.map(\.name) == [])
        #expect(all.allSatisfy { !$0.package.isEmpty })
    }
}
