import { useEditorContext, usePluginContext } from "@graphiql/react";
import { useEffect, useState } from "react";

import { isWide } from "./screen.js";

/** The plugin that shows questions to begin with, by who would ask them. */
export function examplesPlugin({ words, audiences }) {
  return {
    title: words.examples,
    icon: LightBulb,
    content: () => <Examples words={words} audiences={audiences} />,
  };
}

function Examples({ words, audiences }) {
  const open = useNewTab();
  return (
    <section className="kopa-examples" aria-label={words.examples}>
      <h2>{words.examples}</h2>
      <p>{words.how}</p>
      {audiences.map(({ name, examples }) => (
        <section key={name}>
          <h3>{name}</h3>
          <ul>
            {examples.map((example) => (
              <li key={example.title}>
                <button type="button" onClick={() => open(example)}>
                  {example.title}
                </button>
                <span>{example.note}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** A function that opens a question in a tab of its own: the tab comes first, its text when the tab is there. */
function useNewTab() {
  const { addTab, queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const { setVisiblePlugin } = usePluginContext({ nonNull: true });
  const [awaited, setAwaited] = useState(null);
  useEffect(() => {
    if (!awaited) return;
    queryEditor.setValue(awaited.query);
    variableEditor.setValue(awaited.variables);
    setAwaited(null);
    if (!isWide()) setVisiblePlugin(null);
  }, [awaited, queryEditor, variableEditor, setVisiblePlugin]);
  return (example) => {
    addTab();
    setAwaited(example);
  };
}

function LightBulb() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden>
      <path d="M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.6.5 1 1.2 1 2V16h5v-.1c0-.8.4-1.5 1-2A6 6 0 0 0 12 3Z" />
    </svg>
  );
}
