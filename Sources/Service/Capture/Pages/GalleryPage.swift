// SPDX-License-Identifier: Apache-2.0

/// The page that shows jobs, how they stand, and their pictures; it loads nothing from elsewhere.
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
        <style>\(Self.style)</style>
        </head>
        <body>
        <header><h1>Captures</h1><p id="counts" role="status">…</p></header>
        <form id="form">
          <label>Stage or model <input name="usd_stage_path" required size="40"></label>
          <label>Width <input name="width" type="number" min="1" max="16384" value="640"></label>
          <label>Height <input name="height" type="number" min="1" max="16384" value="480"></label>
          <button>Capture</button> <output id="said"></output>
        </form>
        <main id="gallery"></main>
        <script>const prefix = "\(prefix)";
        \(Self.script)</script>
        </body>
        </html>
        """
    }

    private static let style = """
        :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
        body { margin: 0 auto; max-width: 76rem; padding: 1.2rem; }
        header { display: flex; align-items: baseline; gap: 1.5rem; }
        h1 { font-size: 1.4rem; margin: 0; }
        form { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; align-items: end; }
        input { font: inherit; padding: .25rem .4rem; }
        main { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
        figure { margin: 0; border: 1px solid #8884; border-radius: .5rem; overflow: hidden; }
        figure a, figure .empty { display: grid; place-items: center; height: 11rem; background: #8881; }
        figure img { max-width: 100%; max-height: 11rem; }
        figcaption { padding: .5rem .7rem; overflow-wrap: anywhere; font-size: .87rem; }
        .failed .empty { color: #c33; padding: 0 1rem; font-size: .85rem; text-align: center; }
        .waiting, .running { opacity: .75; }
        """

    private static let script = """
        const gallery = document.getElementById("gallery");
        const counts = document.getElementById("counts");
        const known = new Map();
        function figure(job) {
          const box = document.createElement("figure");
          box.className = job.status;
          if (job.captured_image_path) {
            const link = document.createElement("a");
            link.href = job.captured_image_path;
            const picture = document.createElement("img");
            picture.src = job.captured_image_path;
            picture.alt = job.request.usd_stage_path;
            picture.loading = "lazy";
            link.append(picture);
            box.append(link);
          } else {
            const empty = document.createElement("div");
            empty.className = "empty";
            empty.textContent = job.error_message || job.status;
            box.append(empty);
          }
          const caption = document.createElement("figcaption");
          const seconds = job.ended ? " in " + (job.ended - job.created).toFixed(1) + " s" : "";
          caption.textContent = job.request.usd_stage_path + ", " + job.request.width + "×" + job.request.height
            + ": " + job.status + seconds;
          box.append(caption);
          return box;
        }
        async function refresh() {
          try {
            const answer = await fetch(prefix + "/jobs?limit=60");
            const { jobs, counts: numbers } = await answer.json();
            counts.textContent = ["waiting", "running", "finished", "failed", "cancelled"]
              .filter(word => numbers[word]).map(word => numbers[word] + " " + word).join(", ") || "nothing yet";
            const shown = jobs.map(job => {
              const key = job.id + job.status;
              if (!known.has(key)) known.set(key, figure(job));
              return known.get(key);
            });
            if (shown.length !== gallery.children.length || shown.some((box, i) => gallery.children[i] !== box))
              gallery.replaceChildren(...shown);
          } catch (error) {
            counts.textContent = "The service does not answer.";
          }
          setTimeout(refresh, 1000);
        }
        document.getElementById("form").addEventListener("submit", async event => {
          event.preventDefault();
          const form = new FormData(event.target);
          const said = document.getElementById("said");
          const answer = await fetch(prefix + "/capture", {
            method: "POST", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ usd_stage_path: form.get("usd_stage_path"), width: Number(form.get("width")),
                                   height: Number(form.get("height")), wait: false }) });
          said.textContent = answer.ok ? "" : (await answer.json()).detail;
        });
        refresh();
        """
}
