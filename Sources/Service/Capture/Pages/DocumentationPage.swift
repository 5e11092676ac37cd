// SPDX-License-Identifier: Apache-2.0

/// Shows the service's own OpenAPI document; it loads nothing from elsewhere.
enum DocumentationPage {
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Darkroom capture service</title>
        <style>
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
        body { margin: 0 auto; max-width: 60rem; padding: 1.2rem; }
        section { border-top: 1px solid #8886; padding: .4rem 0 1rem; }
        h2 { font: 600 1rem ui-monospace, monospace; }
        h2 b { display: inline-block; min-width: 4.5rem; text-transform: uppercase; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        td { border-top: 1px solid #8883; padding: .2rem .6rem .2rem 0; vertical-align: top; }
        td:first-child { font-family: ui-monospace, monospace; white-space: nowrap; }
        </style>
        </head>
        <body>
        <h1 id="title">…</h1>
        <p><a href="openapi.json">openapi.json</a></p>
        <main id="operations"></main>
        <script>
        function element(name, text, parent) {
          const made = document.createElement(name);
          made.textContent = text;
          if (parent) parent.append(made);
          return made;
        }
        function kind(schema) {
          const real = (schema.anyOf || [schema]).find(one => one.type !== "null") || schema;
          const bounds = real.minimum === undefined ? "" : " " + real.minimum + " to " + real.maximum;
          return (real.enum ? real.enum.join(" | ") : real.type || "any") + bounds
            + (schema.default === undefined ? "" : ", default " + JSON.stringify(schema.default));
        }
        function rows(parent, title, fields) {
          if (!fields.length) return;
          element("p", title, parent);
          const table = element("table", "", parent);
          for (const [name, schema, needed] of fields) {
            const row = element("tr", "", table);
            element("td", name + (needed ? " *" : ""), row);
            element("td", kind(schema), row);
            element("td", schema.description || "", row);
          }
        }
        (async () => {
          const document_ = await (await fetch("openapi.json")).json();
          const find = schema => schema.$ref ? document_.components.schemas[schema.$ref.split("/").pop()] : schema;
          const fields = schema => Object.entries(find(schema).properties || {})
            .map(([name, one]) => [name, one, (find(schema).required || []).includes(name)]);
          element("title", document_.info.title);
          document.getElementById("title").textContent = document_.info.title + " " + document_.info.version;
          for (const [path, methods] of Object.entries(document_.paths))
            for (const [method, operation] of Object.entries(methods)) {
              const section = element("section", "", document.getElementById("operations"));
              const head = element("h2", "", section);
              element("b", method, head);
              head.append(path);
              element("p", operation.summary + ". " + (operation.description || ""), section);
              rows(section, "Parameters", (operation.parameters || []).map(one =>
                [one.name, { description: one.description, ...one.schema }, one.required]));
              if (operation.requestBody)
                rows(section, "Body", fields(operation.requestBody.content["application/json"].schema));
              const answer = operation.responses["200"].content["application/json"];
              if (answer && answer.schema.$ref) rows(section, "Answer", fields(answer.schema));
              element("p", "Statuses: " + Object.entries(operation.responses)
                .map(([code, one]) => code + " " + one.description).join("; "), section);
            }
        })();
        </script>
        </body>
        </html>
        """
}
