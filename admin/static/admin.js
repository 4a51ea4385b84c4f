// What makes forms safer and quicker; everything works without it.
(() => {
  document.documentElement.classList.add("js");
  const form = document.getElementById("editor");
  let dirty = Boolean(form && "dirty" in form.dataset);
  const typing = (target) => target.matches("input, textarea, select");

  // What is typed is kept as one's own draft soon after the last key; nothing is sent while an answer is awaited.
  const status = document.getElementById("kept");
  let timer, keeping, barred = false;
  const goOn = ({ draft, edition, marks }) => {
    form.action = `${draft}/edit`;
    history.replaceState(history.state, "", form.action);
    for (const [name, value] of Object.entries({ edition, marks, base: "" })) form.elements.namedItem(name).value = value;
    const discard = document.getElementById("discard");
    discard.action = draft;
    discard.hidden = false;
  };
  const send = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "autosave");
    dirty = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) goOn(told);
      dirty ||= !answer.ok;
      barred = answer.status === 409;
      status.textContent = told.said;
      return answer.ok;
    } catch {
      dirty = true;
      status.textContent = form.dataset.lost;
      return false;
    }
  };
  const keep = () => {
    if (!dirty || keeping || barred) return;
    keeping = send().then((kept) => {
      keeping = undefined;
      if (kept && dirty) later();
    });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  };
  const change = () => {
    dirty = true;
    later();
  };
  form?.addEventListener("input", ({ target }) => { if (target.type !== "search") change(); });
  // Where a button has changed the form, one goes on with what is new.
  const next = (verb, place) => {
    const field = "input:not([type=hidden]), select, textarea";
    if (verb === "add") return [...place.querySelectorAll(".row")].at(-1)?.querySelector(field);
    if (verb === "new") return place.querySelector(".new")?.querySelector(field);
    if (verb === "find") return place.querySelector(".found input") ?? place.querySelector("[type=search]");
    return place.querySelector("[type=search], [value^='add:']");
  };
  form?.addEventListener("htmx:afterSettle", ({ detail }) => {
    const [verb, name] = detail.requestConfig.elt.value?.split(":") ?? [];
    const place = document.getElementById(verb === "remove" ? name.split(".")[0] : name);
    if (place && detail.requestConfig.verb === "post") next(verb, place)?.focus();
  });
  form?.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.requestConfig.verb === "post") change(); });
  document.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") return;
    clearTimeout(timer);
    if (!keeping || event.target !== form) {
      dirty = false;
      return;
    }
    event.preventDefault();
    keeping.then(() => form.requestSubmit(event.submitter));
  });
  addEventListener("beforeunload", (event) => { if (dirty || keeping) event.preventDefault(); });

  // Whoever is chosen of those found stands with the chosen; then one may look for the next.
  form?.addEventListener("change", ({ target }) => {
    const found = target.closest(".found");
    if (!found || !target.checked) return;
    const pick = found.closest(".pick"), find = pick.querySelector("[type=search]");
    const chosen = pick.querySelector(".chosen");
    if (target.type === "radio") for (const other of chosen.querySelectorAll(".choice:not(.none)")) other.remove();
    chosen.append(target.closest("label"));
    found.replaceChildren();
    find.value = "";
    (target.type === "radio" ? target : find).focus();
  });

  // The arrows lead from what is typed through what was found.
  form?.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const pick = event.target.closest(".pick"), inFound = event.target.closest(".found");
    if (inFound && event.key === "Enter") {
      event.preventDefault();
      event.target.click();
    }
    if (!step || !pick || !(inFound || event.target.matches("[type=search]"))) return;
    const found = [pick.querySelector("[type=search]"), ...pick.querySelectorAll(".found input")];
    event.preventDefault();
    found[Math.min(Math.max(found.indexOf(event.target) + step, 0), found.length - 1)].focus();
  });

  // Enter in a field that looks for records looks for them; it does not send the form.
  form?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[type=search]")) {
      event.preventDefault();
      event.target.closest(".find").querySelector("[value^='find:']").click();
    }
  });

  const keys = {
    "/": () => (document.querySelector("#q") ?? document.querySelector("[type=search]")).focus(),
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
  // What was open stays open when the list comes anew, and who was at a choice stays there.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const held = detail.target.contains?.(document.activeElement) ? document.activeElement : null;
    const again = held?.name && detail.fragment.querySelector(`[name="${held.name}"][value="${CSS.escape(held.value)}"]`);
    if (again) requestAnimationFrame(() => again.focus({ preventScroll: true }));
    for (const open of detail.target.querySelectorAll?.("details[open]") ?? []) {
      const next = detail.fragment.querySelector(`[id="${open.id}"]`);
      if (next) next.open = true;
    }
  });
})();
