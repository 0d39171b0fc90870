// Makes a picture of every page, in light, dark and narrow: `npm run pictures -- [FOLDER]`, against the app at STUDIO_URL
// (http://localhost:8080) with the Chromium at CHROMIUM (/usr/bin/chromium). A page that axe finds fault with is named.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const at = process.env.STUDIO_URL ?? 'http://localhost:8080';
const folder = process.argv[2] ?? 'pictures';
const only = process.env.PAGES?.split(',');
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 720 }, colorScheme: 'light' },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
  ],
});

async function first(path) {
  const answer = await fetch(`${at}/api/v1${path}?limit=1`, { headers: { Accept: 'application/json' } });
  return answer.ok ? (await answer.json()).items?.[0]?.id : undefined;
}

const [dataset, graph, conversation, document, model] = await Promise.all(
  ['/datasets', '/graphs', '/conversations', '/documents', '/trained-models'].map(first),
);
const question = await fetch(`${at}/api/v1/dashboard`)
  .then((answer) => answer.json())
  .then(({ questions }) => questions.find((one) => one.datasetId === dataset)?.question ?? '')
  .catch(() => '');

const pages = {
  dashboard: '/',
  assistant: conversation ? `/assistant/${conversation}` : '/assistant',
  graphs: '/graphs',
  ...(graph && { graph: `/graphs/${graph}` }),
  datasets: '/datasets',
  ...(dataset && {
    ask: `/datasets/${dataset}?tab=ask&question=${encodeURIComponent(question)}`,
    data: `/datasets/${dataset}?tab=data`,
    profile: `/datasets/${dataset}?tab=profile`,
    results: `/datasets/${dataset}?tab=results`,
  }),
  documents: '/documents',
  ...(document && { document: `/documents/${document}` }),
  learning: '/learning',
  train: '/learning/new',
  ...(model && { trained: `/learning/${model}` }),
  settings: '/settings',
  models: '/settings/models',
  agents: '/settings/agents',
  members: '/settings/members',
  account: '/settings/account',
  usage: '/settings/usage',
  audit: '/settings/audit',
};

await mkdir(folder, { recursive: true });
let faults = 0;
for (const [look, options] of Object.entries(LOOKS)) {
  const context = await browser.newContext(options);
  for (const [name, path] of Object.entries(pages).filter(([one]) => only === undefined || only.includes(one))) {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`${name} ${look}: ${error.message}`));
    await page.goto(at + path);
    await page.locator('h1').first().waitFor();
    // Charts load Plotly; a stream of progress never lets the network rest.
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) console.log(`${name} ${look}: ${wide} px wider than the window`);
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
    );
    for (const { id, help, nodes } of found.violations) {
      faults += nodes.length;
      console.log(
        `${name} ${look}: ${id}: ${help}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 120))
          .join(' | ')}`,
      );
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(`${Object.keys(pages).length} pages in ${folder}, ${faults} faults found by axe`);
