// Leaving at once: this page is replaced, so that the button back does not lead to it. Without this file the link works.
const link = document.querySelector("a[data-leave]");
const LAST = 1000; // Milliseconds in which Esc has to be pressed again.
let pressed = -Infinity;

const leave = () => {
  document.body.hidden = true;
  document.title = "";
  location.replace(link.href);
};

link.nextElementSibling.hidden = false;
link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - pressed < LAST) leave();
  pressed = event.timeStamp;
}, true);
