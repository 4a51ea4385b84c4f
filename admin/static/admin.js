// What makes forms safer and quicker; everything works without it.
(() => {
  document.documentElement.classList.add("js");
  const form = document.getElementById("editor");
  let dirty = Boolean(form && "dirty" in form.dataset);
  const typing = (target) => target.matches("input, textarea, select");

  form?.addEventListener("input", () => { dirty = true; });
  document.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  // Who has chosen one of those found is done with looking for it.
  form?.addEventListener("change", ({ target }) => {
    const find = target.closest(".found")?.parentElement.querySelector("[type=search]");
    if (find) find.value = "";
  });

  // Enter in a field that looks for records looks for them; it does not send the form.
  form?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[type=search]")) {
      event.preventDefault();
      event.target.closest(".find").querySelector("[value^='find:']").click();
    }
  });

  const keys = {
    "/": () => document.querySelector("#q, [type=search]")?.focus(),
    "?": () => document.getElementById("keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && form) {
      event.preventDefault();
      form.requestSubmit(document.getElementById("save"));
    } else if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && event.key in keys) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // One list of choices is open at a time, and goes when one looks elsewhere.
  document.addEventListener("click", ({ target }) => {
    for (const open of document.querySelectorAll(".drop[open]")) {
      if (!open.contains(target)) open.open = false;
    }
  });
  // What was open stays open when the list comes anew.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    for (const open of detail.target.querySelectorAll?.("details[open]") ?? []) {
      const next = detail.fragment.querySelector(`[id="${open.id}"]`);
      if (next) next.open = true;
    }
  });
})();
