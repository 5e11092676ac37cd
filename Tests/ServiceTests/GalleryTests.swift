// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import HTTPService
import ImageCore
import JSONRPC
import OmniverseServices
import TestFixtures
import Testing

@testable import Service

/// The gallery in a real browser.
@Suite(.serialized, .enabled(if: Browser.program != nil, "chromium-headless-shell is not installed"))
struct GalleryTests {
    @Test(
        "a capture entered in the page shows its progress, then its picture; nothing comes from outside",
        .timeLimit(.minutes(5)))
    func gallery() async throws {
        try await CaptureUnderTest.run { service in
            let client = try service.client()
            for model in ["vase.obj", "terrain.stl"] {
                _ = try await client.capture.post(usd_stage_path: .string(model), width: 480, height: 360)
            }
            _ = try await client.capture.post(usd_stage_path: "missing.usda")
            try await Browser.run { browser in
                try await browser.open(service.address + "/")
                try await browser.until("document.querySelectorAll('figure.finished img').length === 2")
                try await browser.until("document.querySelectorAll('figure.failed').length === 1")
                // Many samples, so that the page asks while it is drawn; the second one waits for it.
                for samples in [400, 4] {
                    _ = try await client.capture.post(
                        usd_stage_path: "knot.ply", width: 640, height: 480, samples: .int(Int64(samples)),
                        wait: false)
                }
                try await browser.until("document.querySelector('figure.running progress') !== null")
                _ = try await browser.value(
                    """
                    document.querySelector('[name=usd_stage_path]').value = 'vase.obj';
                    document.querySelector('[name=view]').value = 'front';
                    document.querySelector('#capture button').click(); true
                    """)
                try await browser.until("document.querySelectorAll('figure').length === 6")
                try keep(try await browser.screenshot(), as: "gallery-at-work.png")
                try await browser.until(
                    "[...document.querySelectorAll('figure.finished img')].filter(i => i.naturalWidth).length === 5",
                    within: 180)
                let said = try await browser.value("document.querySelector('figure.failed').innerText").stringValue
                #expect(said?.contains("missing.usda") == true)
                let picture = try await browser.screenshot()
                try keep(picture, as: "gallery.png")
                #expect(try ImageDecoder.decode([UInt8](picture)).width == 1100)
                let strangers = browser.requested.filter {
                    !$0.hasPrefix(service.address + "/") && !$0.hasPrefix("blob:\(service.address)")
                        && !$0.hasPrefix("data:") && $0 != "about:blank"
                }
                #expect(strangers.isEmpty && browser.requested.count > 5, "\(strangers)")
            }
        }
    }

    @Test("the page asks for a token, keeps it for the tab and never puts it into an address", .timeLimit(.minutes(3)))
    func token() async throws {
        let token = "a-token-of-the-tests"
        try await CaptureUnderTest.run({ $0.tokens = [.init(token)] }) { service in
            let call = try service.client().capture
            let made = try await call.post(
                usd_stage_path: "terrain.stl", width: 64, height: 48,
                headers: ["Authorization": .string("Bearer \(token)")])
            #expect(made["success"] == true, "\(made)")
            try await Browser.run { browser in
                try await browser.open(service.address + "/")
                try await browser.until("document.querySelector('#token').hidden === false")
                #expect(try await browser.value("document.querySelectorAll('figure').length") == 0)
                try await enter("not-the-token-at-all", browser)
                try await browser.until("document.querySelector('#token output').textContent.includes('not take')")
                try await enter(token, browser)
                try await browser.until("document.querySelector('figure.finished img')?.naturalWidth > 0")
                #expect(try await browser.value("document.querySelector('#token').hidden") == true)
                #expect(try await browser.value("sessionStorage.getItem('darkroom-token')") == .string(token))
                #expect(!browser.requested.contains { $0.contains(token) })
            }
        }
    }

    @Test("the page of the API shows every path of the document", .timeLimit(.minutes(2)))
    func documentation() async throws {
        try await CaptureUnderTest.run { service in
            try await Browser.run { browser in
                try await browser.open(service.address + "/docs")
                try await browser.until("document.querySelectorAll('section').length > 8")
                let text = try await browser.value("document.body.innerText").stringValue ?? ""
                for word in ["/capture-application-screenshot", "/jobs/{job_id}", "413", "usd_stage_path"] {
                    #expect(text.contains(word), "\(word)")
                }
                try keep(try await browser.screenshot(), as: "docs.png")
            }
        }
    }

    private func enter(_ token: String, _ browser: Browser) async throws {
        _ = try await browser.value(
            """
            document.querySelector('#token input').value = '\(token)';
            document.querySelector('#token button').click(); true
            """)
    }

    /// Keeps a screenshot where people can look at it.
    private func keep(_ picture: Data, as name: String) throws {
        let folder = Fixtures.repository.appendingPathComponent("out/screenshots")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try picture.write(to: folder.appendingPathComponent(name))
    }
}
