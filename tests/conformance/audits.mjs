/** Runs the server audits of graphql-http against an endpoint, and prints what each found as JSON. */
import { createRequire } from "node:module";

const [packages, url] = process.argv.slice(2);
const { serverAudits } = createRequire(`${packages}/`)("graphql-http");

const results = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { status, reason } = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status, reason });
}
console.log(JSON.stringify(results));
