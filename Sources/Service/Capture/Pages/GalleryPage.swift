// SPDX-License-Identifier: Apache-2.0

/// The page that shows jobs, how they stand, and their pictures; it loads nothing from elsewhere.
///
/// The page itself holds nothing secret. Where the service has tokens, the page asks for one, keeps it for the time of
/// the browser's tab, and sends it in a header, never in an address.
struct GalleryPage: Sendable {
    /// What the service's paths begin with.
    let prefix: String

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Darkroom captures</title>
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http:%2F%2Fwww.w3.org/2000/svg' viewBox='0 0 16 16'\
        %3E%3Crect width='16' height='16' rx='4' fill='%23d1461f'/%3E%3Ccircle cx='8' cy='8' r='4' fill='%23fff'/\
        %3E%3C/svg%3E">
        <style>\(Self.style)</style>
        </head>
        <body>
        <header>
          <h1><span aria-hidden="true"></span>Darkroom</h1>
          <ul id="counts" role="status" aria-label="Captures by status"></ul>
          <nav><a href="docs">API</a> <a href="metrics">Metrics</a></nav>
        </header>
        <form id="token" hidden>
          <p>This service asks for a token. It is kept until this tab is closed.</p>
          <label>Token <input name="token" type="password" autocomplete="off" required></label>
          <button>Enter</button> <output></output>
        </form>
        <form id="capture">
          <label class="wide">Stage or model
            <input name="usd_stage_path" required placeholder="models/vase.usda" spellcheck="false"></label>
          <label>Width <input name="width" type="number" min="1" max="16384" value="640"></label>
          <label>Height <input name="height" type="number" min="1" max="16384" value="480"></label>
          <label>View <select name="view">\(Self.views)</select></label>
          <button>Capture</button> <output></output>
        </form>
        <main id="gallery" aria-live="polite"></main>
        <p id="empty" hidden>No captures yet. Name a stage or a model above, or <code>POST \(prefix)/capture</code>.</p>
        <script>const prefix = "\(prefix)";
        \(Self.script)</script>
        </body>
        </html>
        """
    }

    private static let views = CaptureRequest.views.map { "<option>\($0)</option>" }.joined()
}
