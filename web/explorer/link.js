/** The deep link of a question: its query, and its variables if it has any. */
export function linkTo({ query, variables }) {
  const asked = new URLSearchParams({ query });
  if (variables?.trim()) asked.set("variables", variables);
  return `${location.origin}/graphql?${asked}`;
}

/** What the address of this page asks; null when it asks nothing. */
export function askedFor(address) {
  const asked = new URLSearchParams(address.search);
  const query = asked.get("query");
  return query && { query, variables: asked.get("variables") ?? "" };
}
