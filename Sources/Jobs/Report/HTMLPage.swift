// SPDX-License-Identifier: Apache-2.0

/// The parts of the HTML report that are the same in all.
enum HTMLPage {
    /// All up to the first words.
    static func head(title: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(title)</title><style>
        body { font: 14px system-ui, sans-serif; margin: 2em; background: #f6f6f4; color: #222 }
        table { border-collapse: collapse; margin: 1em 0 } td, th { border: 1px solid #ccc; padding: .3em .6em; text-align: left }
        #grid { display: flex; flex-wrap: wrap; gap: 12px } figure { margin: 0; width: 160px }
        figure > div, img { max-width: 160px; max-height: 160px; background: #fff } figcaption { font-size: 11px; overflow-wrap: anywhere }
        figure > div { height: 60px; padding: 4px; overflow: hidden; font-size: 11px }
        .bar { position: sticky; top: 0; background: #f6f6f4; padding: .6em 0 } .bad { color: #a00 }
        input { width: 20em }
        </style></head><body>

        """
    }

    /// What a reader chooses with: a way to end, a text, a page.
    static func controls(_ counts: [ItemResult: Int]) -> String {
        let ways = ItemResult.allCases.filter { counts[$0] != nil }
            .map { "<option value=\"\($0.rawValue)\">\($0.rawValue) (\(counts[$0] ?? 0))</option>" }.joined()
        return """
            <p class="bar"><select id="way"><option value="">all</option><option value="!">not in place</option>\(ways)</select>
            <input id="text" type="search" placeholder="part of a name or cause">
            <button id="back">&lt;</button> <span id="place"></span> <button id="on">&gt;</button></p>
            <div id="grid"></div>

            """
    }

    /// Shows a page of the items that fit the reader's choice; names go in as text, never as markup.
    static let script = """
        <script>
        const data = JSON.parse(document.getElementById("rows").textContent);
        const at = id => document.getElementById(id), many = 120;
        const inPlace = new Set(["done", "unchanged"]);
        let found = [], page = 0;
        const encoded = text => encodeURIComponent(text).replace(/%2F/g, "/").replace(/[!'()*]/g,
          c => "%" + c.charCodeAt(0).toString(16).toUpperCase());
        function choose() {
          const way = at("way").value, text = at("text").value.toLowerCase();
          found = [];
          for (let i = 0; i < data.items.length; i++) {
            const row = data.items[i], result = data.results[row[1]];
            if (way === "!" ? inPlace.has(result) : way && way !== result) continue;
            if (text && !(row[0] + " " + (row[4] || "")).toLowerCase().includes(text)) continue;
            found.push(i);
          }
          page = 0;
          show();
        }
        function show() {
          const pages = Math.max(1, Math.ceil(found.length / many));
          page = Math.min(Math.max(page, 0), pages - 1);
          at("place").textContent = `page ${page + 1} of ${pages}, ${found.length} items`;
          at("grid").replaceChildren(...found.slice(page * many, (page + 1) * many).map(figure));
        }
        function figure(index) {
          const [title, code, link, small, words] = data.items[index], result = data.results[code];
          const box = document.createElement("figure"), caption = document.createElement("figcaption");
          if (inPlace.has(result)) {
            const anchor = document.createElement("a"), image = document.createElement("img");
            anchor.href = link || data.prefix + encoded(title) + data.suffix;
            image.src = small || anchor.getAttribute("href");
            image.loading = "lazy";
            image.alt = "";
            anchor.append(image);
            box.append(anchor);
          } else {
            const reason = document.createElement("div");
            reason.className = "bad";
            reason.textContent = result + ": " + (words || "");
            reason.title = words || "";
            box.append(reason);
          }
          caption.textContent = title + (words && inPlace.has(result) ? " (" + words + ")" : "");
          box.append(caption);
          return box;
        }
        at("way").onchange = at("text").oninput = choose;
        at("back").onclick = () => { page--; show(); };
        at("on").onclick = () => { page++; show(); };
        choose();
        </script>

        """
}
