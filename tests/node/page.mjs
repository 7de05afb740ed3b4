// Reads {name, theme, blocks} as JSON from standard input, writes a page that shows the message.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

// A plain disc: the package asks for a logo.
const LOGO =
  "data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%270 0 36 36%27%3E" +
  "%3Crect width=%2736%27 height=%2736%27 rx=%278%27 fill=%27%232f6f6a%27/%3E%3Cpath d=%27M6 22h24M10 26h16M18 8v14%27 " +
  "stroke=%27white%27 stroke-width=%272%27/%3E%3C/svg%3E";
const require = createRequire(import.meta.url);
// The package's own entry for import asks for its style sheet, which Node cannot load.
const { Message } = require("slack-blocks-to-jsx");
const style = readFileSync(new URL("node_modules/slack-blocks-to-jsx/dist/style.css", import.meta.url));
// Slack draws markup of verbatim texts too, the package shows it as it is written.
const { theme, blocks } = JSON.parse(readFileSync(0, "utf8"), (key, value) =>
  key === "verbatim" ? undefined : value,
);
const time = new Date("2026-11-16T09:00:00Z");
const message = createElement(Message, {
  ...{ blocks, theme, time, name: "Evenkeel", logo: LOGO },
  data: { users: [], channels: [] },
});
// The font that Slack draws with.
const fonts = `body,body :not(code){font-family:Lato,"Noto Color Emoji",sans-serif!important}`;
const ground = theme === "dark" ? "#1a1d21" : "#ffffff";
process.stdout.write(
  `<!doctype html><meta charset="utf-8"><style>${style}${fonts}</style>` +
    `<body style="margin:16px;background:${ground}">${renderToStaticMarkup(message)}` +
    "<script>document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().bottom) + 16</script>",
);
