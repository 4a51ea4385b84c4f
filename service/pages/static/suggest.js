// Names that begin with what is being typed, as links under the box. Without this file the box works as well.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  list.ariaLabel = box.labels[0].textContent;
  box.after(list);
  let asked = "";
  let timer = 0;

  const close = () => { list.hidden = true; };
  const show = (found) => {
    list.replaceChildren(...found.map(([name, path]) => {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = name;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    list.hidden = found.length === 0;
  };
  const ask = async () => {
    const text = box.value.trim();
    if (text === asked) return;
    asked = text;
    if (text.length < 2) return close();
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`);
    if (answer.ok && text === asked) show(await answer.json());
  };
  const move = (step) => {
    const links = [...list.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement) + step;
    (links[place] ?? box).focus();
  };

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { close(); box.focus(); event.preventDefault(); }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
}
