/**
 * Stands in for `react-style-singleton`, which writes a <style> element that our Content-Security-Policy refuses.
 * A constructed stylesheet does the same and needs no exception.
 */
import { useEffect } from "react";

export function stylesheetSingleton() {
  let users = 0;
  let sheet = null;
  return {
    add(styles) {
      users += 1;
      if (sheet) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    remove() {
      users -= 1;
      if (users) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
      sheet = null;
    },
  };
}

export function styleHookSingleton() {
  const sheet = stylesheetSingleton();
  return (styles, isDynamic) => {
    useEffect(() => {
      sheet.add(styles);
      return () => sheet.remove();
    }, [styles && isDynamic]);
  };
}

export function styleSingleton() {
  const useStyles = styleHookSingleton();
  return ({ styles, dynamic }) => {
    useStyles(styles, dynamic);
    return null;
  };
}
