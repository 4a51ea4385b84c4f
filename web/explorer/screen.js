/** Whether the examples have room beside the editor; otherwise everything stands in one column, as in phone.css. */
export function isWide() {
  return matchMedia("(min-width: 64rem)").matches;
}
