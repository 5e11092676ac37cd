// SPDX-License-Identifier: Apache-2.0

extension GalleryPage {
    /// What the page does: asks for the jobs each second, draws a card for each, takes new ones.
    static let script = """
        const find = name => document.getElementById(name);
        const [gallery, counts, tokenForm, captureForm] = ["gallery", "counts", "token", "capture"].map(find);
        const cards = new Map();
        let timer;

        function make(name, text, kind) {
          const element = document.createElement(name);
          if (text) element.textContent = text;
          if (kind) element.className = kind;
          return element;
        }
        /** Asks the service; a token, where there is one, goes into the header. */
        async function ask(path, options = {}) {
          const token = sessionStorage.getItem("darkroom-token");
          if (token) options.headers = { ...options.headers, Authorization: "Bearer " + token };
          const answer = await fetch(path, options);
          if (answer.status === 401) {
            tokenForm.querySelector("output").textContent = token ? "The service does not take this token." : "";
            sessionStorage.removeItem("darkroom-token");
            tokenForm.hidden = false;
            throw new Error("locked");
          }
          return answer;
        }
        /** What the service says is wrong, as one text. */
        function fault(body) {
          if (!Array.isArray(body.detail)) return body.detail || "The service refused.";
          return body.detail.map(one => one.loc.slice(-1) + ": " + one.msg).join("; ");
        }
        async function show(job, stage) {
          const answer = await ask(job.captured_image_path);
          if (!answer.ok) return stage.append("The picture is gone.");
          const picture = make("img");
          picture.src = URL.createObjectURL(await answer.blob());
          picture.alt = job.request.usd_stage_path;
          const link = make("a");
          link.href = picture.src;
          link.target = "_blank";
          link.append(picture);
          stage.append(link);
        }
        function card(job) {
          const box = make("figure", "", job.status), stage = make("div", "", "stage"), caption = make("figcaption");
          if (job.captured_image_path) show(job, stage).catch(() => cards.delete(job.id));
          else if (job.status === "running") stage.append(make("progress"));
          else stage.append(job.error_message || "");
          const line = make("small"), words = make("span");
          line.append(words);
          if (job.status === "waiting") {
            const button = make("button", "Cancel");
            button.onclick = () => ask(prefix + "/jobs/" + job.id, { method: "DELETE" }).then(refresh);
            line.append(button);
          }
          caption.append(make("b", job.request.usd_stage_path), line);
          box.append(stage, caption);
          return { box, stage, words, status: job.status };
        }
        function seconds(job) {
          const end = job.ended || Date.now() / 1000;
          return Math.max(0, end - job.created).toFixed(job.ended ? 1 : 0) + " s";
        }
        function update(jobs) {
          const waiting = jobs.filter(job => job.status === "waiting").reverse();
          const boxes = jobs.map(job => {
            if (cards.get(job.id)?.status !== job.status) cards.set(job.id, card(job));
            const { box, stage, words } = cards.get(job.id);
            const place = waiting.indexOf(job);
            if (place >= 0) stage.textContent = place ? "Waits behind " + place + " more" : "Next in line";
            const size = job.request.width + " × " + job.request.height;
            words.textContent = job.status === "waiting" ? size
              : size + ", " + job.status + (job.ended ? " after " : " for ") + seconds(job);
            return box;
          });
          if (boxes.length !== gallery.children.length || boxes.some((box, i) => gallery.children[i] !== box))
            gallery.replaceChildren(...boxes);
          const ids = new Set(jobs.map(job => job.id));
          for (const [id, { box }] of cards) {
            if (ids.has(id)) continue;
            URL.revokeObjectURL(box.querySelector("img")?.src);
            cards.delete(id);
          }
          find("empty").hidden = jobs.length > 0;
        }
        async function refresh() {
          clearTimeout(timer);
          try {
            const answer = await ask(prefix + "/jobs?limit=60");
            const { jobs, counts: numbers } = await answer.json();
            tokenForm.hidden = true;
            counts.replaceChildren(...["waiting", "running", "finished", "failed", "cancelled"]
              .filter(word => numbers[word]).map(word => make("li", numbers[word] + " " + word, word)));
            update(jobs);
          } catch (error) {
            if (error.message !== "locked") counts.replaceChildren(make("li", "The service does not answer", "failed"));
            else return;
          }
          timer = setTimeout(refresh, 1000);
        }
        tokenForm.addEventListener("submit", event => {
          event.preventDefault();
          sessionStorage.setItem("darkroom-token", new FormData(tokenForm).get("token"));
          tokenForm.reset();
          refresh();
        });
        captureForm.addEventListener("submit", async event => {
          event.preventDefault();
          const form = new FormData(captureForm), said = captureForm.querySelector("output");
          try {
            const answer = await ask(prefix + "/capture", {
              method: "POST", headers: { "Content-Type": "application/json" },
              body: JSON.stringify({ usd_stage_path: form.get("usd_stage_path"), width: Number(form.get("width")),
                                     height: Number(form.get("height")), view: form.get("view"), wait: false }) });
            const body = await answer.json();
            said.textContent = answer.ok ? body.error_message || "" : fault(body);
          } catch (error) {
            said.textContent = error.message === "locked" ? "" : "The service does not answer.";
          }
          refresh();
        });
        refresh();
        """
}
