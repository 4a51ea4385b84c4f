/** The explorer at /graphql: GraphiQL with our examples, under the header of the page. */
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { ask } from "./ask.js";
import "./explorer.css";
import { examplesPlugin } from "./examples.jsx";
import { askedFor } from "./link.js";
import { isWide } from "./screen.js";
import { toolbarOf } from "./toolbar.jsx";

const page = JSON.parse(document.getElementById("page").textContent);
const plugin = examplesPlugin(page);
const additions = { additionalComponent: toolbarOf(page.words) };
const asked = askedFor(location);
const beginnings = page.audiences.map(({ examples: [{ query, variables }] }) => ({ query, variables }));

function Explorer() {
  const first = asked ?? (isFirstVisit() ? beginnings[0] : undefined);
  return (
    <GraphiQL
      fetcher={ask}
      query={first?.query}
      variables={first?.variables}
      defaultTabs={asked ? [asked, ...beginnings] : beginnings}
      defaultQuery={"\n"}
      plugins={[plugin]}
      visiblePlugin={isWide() && !asked ? plugin : undefined}
      toolbar={additions}
    />
  );
}

/** GraphiQL keeps the tabs of earlier visits; only where it has none do the examples fill them. */
function isFirstVisit() {
  return localStorage.getItem("graphiql:tabState") === null;
}

createRoot(document.getElementById("explorer")).render(<Explorer />);
