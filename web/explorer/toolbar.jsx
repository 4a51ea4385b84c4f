import { ToolbarButton, useEditorContext } from "@graphiql/react";
import { useEffect, useState } from "react";

import { linkTo } from "./link.js";

/** What we add beside the run button, in the words of the page. */
export function toolbarOf(words) {
  return function Toolbar() {
    useNamedEditors(words);
    return <CopyLink words={words} />;
  };
}

function CopyLink({ words }) {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(
      linkTo({ query: queryEditor.getValue(), variables: variableEditor.getValue() }),
    );
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <ToolbarButton onClick={copy} label={copied ? words.copied : words.copyLink}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden>
        <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />
      </svg>
    </ToolbarButton>
  );
}

/** Screen readers are told which editor is which; GraphiQL tells it to the eye only. */
function useNamedEditors(words) {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    const named = [
      [queryEditor, words.query],
      [variableEditor, words.variables],
      [headerEditor, words.headers],
      [responseEditor, words.answer],
    ];
    for (const [editor, name] of named) editor?.getInputField().setAttribute("aria-label", name);
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}
