// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Jobs
import TestFixtures
import Testing

@testable import Rendering

@Suite struct ChildProcessTests {
    @Test(
        "tells how a program ended",
        arguments: [
            ("exit 0", "ended with code 0"), ("exit 7", "ended with code 7"), ("kill -SEGV $$", "was ended by SIGSEGV"),
            ("kill -KILL $$", "was ended by SIGKILL"), ("kill -35 $$", "was ended by signal 35"),
        ])
    func endings(script: String, text: String) async throws {
        let child = try ChildProcess("/bin/sh", ["-c", script])
        #expect(await child.wait(for: .seconds(20))?.description == text)
        #expect(child.residentBytes == nil)
        child.signal(SIGKILL)
    }

    @Test("keeps the last lines of both outputs, and no endless line")
    func lines() async throws {
        let script = "for i in $(seq 1 50); do echo line $i; done; echo oops >&2; head -c 100000 /dev/zero | tr '\\0' x"
        let child = try ChildProcess("/bin/sh", ["-c", script])
        await child.wait(for: .seconds(20))
        #expect(child.lastLines.count == 20)
        #expect(child.lastLines.contains("oops") && child.lastLines.contains("line 50"))
        #expect(!child.lastLines.contains("line 1"))
        #expect(child.lastLines.last?.count == 1000)
    }

    @Test("hands on the named descriptors and no other, with an empty input")
    func descriptors() async throws {
        let pipe = try FileDescriptor.pipe()
        let other = try FileDescriptor.pipe()
        let child = try ChildProcess(
            "/bin/sh", ["-c", "ls /proc/self/fd; cat; echo given >&3"], handedOn: [pipe.write])
        pipe.write.close()
        #expect(await pipe.read.readLine(within: .seconds(20)) == "given")
        await child.wait(for: .seconds(20))
        // `ls` itself opens one more for the folder.
        #expect(child.lastLines == ["0", "1", "2", "3", "4"])
        other.read.close()
    }

    @Test("stops waiting when time is up, and kills what does not end")
    func killing() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 1; done"])
        #expect(await child.wait(for: .milliseconds(20)) == nil)
        #expect((child.residentBytes ?? 0) > 0)
        child.signal(SIGTERM)
        #expect(await child.end(grace: .milliseconds(50)) == ExitStatus(.signalled(SIGKILL)))
    }

    @Test("says so when a program is not there")
    func missing() {
        let error = #expect(throws: RendererError.self) { try ChildProcess("/no/such/program", []) }
        #expect(error?.blame == .environment && error?.message.contains("/no/such/program") == true)
    }

    @Test("stops reading a line at its deadline and at the end of the file")
    func readLine() async throws {
        let pipe = try FileDescriptor.pipe()
        try pipe.write.write("half a line")
        #expect(await pipe.read.readLine(within: .milliseconds(30)) == nil)
        try pipe.write.write("rest\nnext")
        #expect(await pipe.read.readLine(within: .seconds(20)) == "rest")
        pipe.write.close()
        #expect(await pipe.read.readLine(within: .seconds(20)) == nil)
    }
}
