/** Send what the editor holds to the endpoint of this site, and tell what came back as it came. */
export async function ask(request, { headers } = {}) {
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/json",
      "Content-Type": "application/json",
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return { errors: [{ message: `${answer.status} ${answer.statusText}: ${text}` }] };
  }
}
