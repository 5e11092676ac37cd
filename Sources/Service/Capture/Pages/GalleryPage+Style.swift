// SPDX-License-Identifier: Apache-2.0

extension GalleryPage {
    /// The page's style sheet, for light and dark screens.
    static let style = """
        :root { color-scheme: light dark; --line: #8883; --soft: #8881; --accent: #d1461f; --bad: #c62f2f;
                font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        body { margin: 0 auto; max-width: 84rem; padding: 1.2rem 1.5rem 3rem; }
        header { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1.6rem; padding-bottom: 1rem;
                 border-bottom: 1px solid var(--line); }
        h1 { display: flex; align-items: center; gap: .6rem; font-size: 1.3rem; margin: 0; letter-spacing: .01em; }
        h1 span { width: 1.1rem; height: 1.1rem; border-radius: .35rem; background: radial-gradient(#fff 34%,
                  var(--accent) 37%); }
        #counts { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; }
        #counts li { padding: .1rem .6rem; border-radius: 1rem; background: var(--soft); font-size: .85rem; }
        #counts .failed { color: var(--bad); }
        nav { margin-left: auto; display: flex; gap: 1rem; }
        a { color: inherit; }
        form { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.1rem 0; align-items: end; }
        form[hidden] { display: none; }
        form p { flex-basis: 100%; margin: 0; }
        label { display: grid; gap: .2rem; font-size: .8rem; opacity: .95; }
        .wide { flex: 1 1 18rem; }
        input, select, button { box-sizing: border-box; min-height: 2.2rem; font: inherit; font-size: .95rem;
                                padding: .4rem .6rem; border-radius: .45rem; border: 1px solid var(--line);
                                background: var(--soft); color: inherit; }
        input[type=number] { width: 5.5rem; }
        button { cursor: pointer; }
        form button { background: var(--accent); border-color: transparent; color: #fff; font-weight: 600;
                      padding-inline: 1.1rem; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
        output { flex-basis: 100%; color: var(--bad); }
        output:empty { display: none; }
        main { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 1.1rem; }
        figure { margin: 0; border: 1px solid var(--line); border-radius: .7rem; overflow: hidden; display: flex;
                 flex-direction: column; }
        .stage { display: grid; place-items: center; height: 12rem; padding: .5rem; text-align: center;
                 background: repeating-conic-gradient(var(--soft) 0 25%, transparent 0 50%) 0 0 / 20px 20px; }
        .stage img { max-width: 100%; max-height: 12rem; display: block; }
        .waiting .stage, .running .stage, .failed .stage, .cancelled .stage { background: var(--soft); }
        .failed .stage { color: var(--bad); font-size: .82rem; overflow: auto; overflow-wrap: anywhere; }
        progress { width: 70%; accent-color: var(--accent); }
        figcaption { padding: .6rem .8rem; font-size: .85rem; display: grid; gap: .15rem; }
        figcaption b { overflow-wrap: anywhere; font-weight: 600; }
        figcaption small { opacity: .75; display: flex; justify-content: space-between; gap: .6rem;
                           align-items: baseline; }
        figcaption button { min-height: 0; font-size: .78rem; padding: .05rem .5rem; }
        #empty { text-align: center; padding: 4rem 1rem; opacity: .75; }
        code { font-size: .9em; }
        """
}
