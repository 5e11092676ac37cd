// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite struct GlobTests {
    @Test(
        "patterns match as people expect",
        arguments: [
            ("**/*.{obj,stl}", "a.obj", true), ("**/*.{obj,stl}", "x/y/a.STL", true),
            ("**/*.{obj,stl}", "a.ply", false),
            ("*.obj", "x/a.obj", true), ("x/*.obj", "x/y/a.obj", false), ("x/**/a.obj", "x/a.obj", true),
            ("**/wip/**", "a/wip/b/c.obj", true), ("**/wip/**", "a/wipe/c.obj", false), ("a?.obj", "ab.obj", true),
            ("a?.obj", "abc.obj", false), ("[a-c]*.obj", "box.obj", true), ("[!a-c]*.obj", "box.obj", false),
            ("{a,b{c,d}}.obj", "bd.obj", true), ("{a,b", "{a,b", true), ("a*b*c*d", "axxbxxcxxd", true),
            ("a b\n.obj", "a b\n.obj", true), ("**", "a/b/c", true), ("", "a", false), ("./a.obj", "a.obj", true),
        ]) func matches(pattern: String, path: String, isMatch: Bool)
    {
        #expect(Glob(pattern).matches(path) == isMatch)
    }

    @Test("a hostile pattern ends in time") func hostile() {
        #expect(!Glob(String(repeating: "*a", count: 200)).matches(String(repeating: "a", count: 199)))
        #expect(Glob.braces(Array(String(repeating: "{a,b}", count: 40).utf8)).count <= 8192)
    }
}
