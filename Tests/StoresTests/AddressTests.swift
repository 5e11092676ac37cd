// SPDX-License-Identifier: Apache-2.0
import Stores
import Testing

@Suite struct AddressTests {
    @Test(
        "an address is read as it is written, and written as it was",
        arguments: [
            ("s3://bucket", "", "bucket", ""), ("s3://bucket/a/b.obj", "", "bucket", "a/b.obj"),
            ("s3://my.bucket/a b+c%20d?e#f", "", "my.bucket", "a b+c%20d?e#f"),
            ("s3://bucket//a", "", "bucket", "/a"), ("az://acct/in", "acct", "in", ""),
            ("az://acct/$web/ü/日本.glb", "acct", "$web", "ü/日本.glb"),
        ])
    func roundTrip(text: String, account: String, container: String, name: String) throws {
        let address = try StoreAddress(text)
        #expect(address.account == account && address.container == container && address.name == name)
        #expect(address.description == text)
        #expect(StoreAddress.isAddress(text))
        #expect(address.store.name.isEmpty && text.hasPrefix(address.store.description))
    }

    @Test("a slash at the end of a store alone says nothing more")
    func slash() throws { #expect(try StoreAddress("s3://bucket/").description == "s3://bucket") }

    @Test(
        "what is no address is refused with the form of one",
        arguments: [
            "", "bucket/a", "/models", "s3:/bucket", "s3://", "s3:///a", "az://acct", "az:///c", "S3://bucket",
            "https://bucket", "s3://..", "s3://a b/c", "s3://b?x", "az://a/./c",
        ])
    func refused(text: String) {
        let error = #expect(throws: StoreError.self) { try StoreAddress(text) }
        #expect(error?.code == .badAddress && error?.message.contains("://") == true)
    }

    @Test("a password that somebody wrote into an address is not repeated")
    func password() {
        let error = #expect(throws: StoreError.self) { try StoreAddress("s3://key:planted@bucket/a") }
        #expect(error?.message.contains("planted") == false)
    }

    @Test("local paths are no addresses", arguments: ["s3", "./s3://a", "models", "/s3://", "as3://x"])
    func local(path: String) { #expect(!StoreAddress.isAddress(path)) }

    @Test(
        "names become paths below a folder, or are refused",
        arguments: [
            ("a/b.obj", true), ("ü +%/x", true), ("..a/b..", true), ("", false), ("/a", false), ("a//b", false),
            ("a/", false), ("../a", false), ("a/../b", false), ("a/.", false), ("a\0b", false),
            (String(repeating: "n", count: 200), true), (String(repeating: "n", count: 201), false),
        ])
    func paths(name: String, isFit: Bool) {
        let path = try? ObjectName.path(of: name, in: "/tmp/x")
        #expect(path == (isFit ? "/tmp/x/\(name)" : nil))
    }

    @Test(
        "what a model names is found beside it, inside its store",
        arguments: [
            ("models/a/house.obj", "house.mtl", "models/a/house.mtl"),
            ("models/a/house.obj", "../tex/./x.png", "models/tex/x.png"), ("house.obj", "x.png", "x.png"),
            ("house.obj", "../x.png", nil), ("a/house.obj", "../../x.png", nil), ("a/house.obj", "/etc/passwd", nil),
            ("a/house.obj", "..", nil),
        ] as [(String, String, String?)])
    func beside(model: String, other: String, name: String?) { #expect(ObjectName.beside(model, other) == name) }
}
