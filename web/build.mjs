/**
 * Builds what browsers run into the packages that serve it: one script and one stylesheet a surface, compressed,
 * and the licences of everything inside. `make web` calls it; it takes the folder to build into, the project's by default.
 */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..");

const SURFACES = {
  explorer: {
    entry: "explorer/explorer.jsx",
    into: "service/api/explorer/built",
    alias: { "react-style-singleton": "./explorer/stylesheets.js" },
  },
};

for (const [name, surface] of Object.entries(SURFACES)) await make(name, surface);

async function make(name, { entry, into, alias }) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: { [name]: entry },
    outdir: into,
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: "iife",
    target: "es2020",
    jsx: "automatic",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    alias,
    logLevel: "warning",
  });
  const folder = join(target, into);
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    const file = `${name}${path.slice(path.lastIndexOf("."))}.gz`;
    await writeFile(join(folder, file), gzipSync(contents, { level: 9 }));
  }
  await writeFile(join(folder, "LICENCES.txt"), await licences(Object.keys(metafile.inputs)));
}

/** Name, version and licence text of every package that went into a bundle. */
async function licences(inputs) {
  const packages = new Set(inputs.map(packageOf).filter(Boolean));
  const told = await Promise.all([...packages].sort().map(licence));
  return told.join(`\n${"-".repeat(80)}\n\n`);
}

function packageOf(path) {
  return path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
}

async function licence(folder) {
  const path = join(here, folder);
  const { name, version, license } = JSON.parse(await readFile(join(path, "package.json"), "utf-8"));
  const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? (await readFile(join(path, file), "utf-8")).replace(/\r\n/g, "\n").trim() : "";
  return `${name} ${version}: ${license}\n${text ? `\n${text}\n` : ""}`;
}
