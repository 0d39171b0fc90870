// How long a frame takes while a node is dragged and while the canvas is panned, with 200 nodes: the editor beside a bare
// React Flow page with the same nodes and edges, in one browser, by turns: at the zoom that shows all of them, and at zoom 1,
// where words are read. Fails above 1.3 times the bare page.
//
//   node tools/frame-time.mjs [--rounds 5] [--json]
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const NODES = 200;
const LIMIT = 1.3;
const STEPS = 90;
const here = fileURLToPath(new URL('.', import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const rounds = option('--rounds', 5);

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const COLUMNS = 20;

const place = (index) => ({ x: (index % COLUMNS) * 300, y: Math.floor(index / COLUMNS) * 170 });
const text = (name, presence = 'required') => ({ name, type: 'text', presence, label: name });
const nodeTypes = [
  {
    id: 'step',
    version: 1,
    title: 'Step',
    description: 'A step.',
    category: 'Text',
    role: 'work',
    configSchema: { type: 'object', properties: { words: { type: 'string', format: 'multiline' } } },
    inputs: [text('first'), text('second', 'optional')],
    outputs: [text('text')],
    dynamicPorts: false,
  },
];
const saved = {
  nodes: Array.from({ length: NODES }, (_, index) => ({
    id: `n${index}`,
    type: 'step',
    typeVersion: 1,
    position: place(index),
    data: { title: `Step ${index}`, config: { words: `What step ${index} says to the next one` } },
  })),
  edges: Array.from({ length: NODES - 1 }, (_, index) => ({
    id: `e${index}`,
    source: `n${index}`,
    sourceHandle: 'text',
    target: `n${index + 1}`,
    targetHandle: 'first',
  })),
};
const bareGraph = {
  nodes: saved.nodes.map(({ id, position, data }) => ({
    id,
    position,
    data: { label: data.title },
    sourcePosition: 'right',
    targetPosition: 'left',
    style: { width: 232 },
  })),
  edges: saved.edges.map(({ id, source, target }) => ({ id, source, target })),
};
const graph = {
  id: 'g',
  name: 'Two hundred steps',
  description: '',
  nodeCount: NODES,
  revision: 1,
  publishedVersion: null,
  updatedAt: new Date(0).toISOString(),
  graph: saved,
};
const session = {
  signedIn: true,
  user: { id: 'u', email: 'u@example.org', name: 'U', role: 'admin' },
  organisation: { id: 'o', name: 'O' },
  scopes: ['graph:get', 'graph:edit', 'graph:run'],
  expiresAt: null,
  mode: 'single-user',
};
const ANSWERS = {
  'GET /api/v1/auth/session': session,
  'GET /api/v1/graphs/g': graph,
  'PUT /api/v1/graphs/g': graph,
  'GET /api/v1/node-types': nodeTypes,
  'POST /api/v1/graphs/check': { problems: [], inputs: [] },
  'GET /bare-graph': bareGraph,
};

async function built() {
  const folder = await mkdtemp(join(tmpdir(), 'studio-frame-time-'));
  const quiet = { logLevel: 'error', configFile: join(here, '../vite.config.ts'), root: join(here, '..') };
  await build({ ...quiet, build: { outDir: join(folder, 'app'), emptyOutDir: true } });
  await build({
    ...quiet,
    configFile: false,
    root: join(here, 'frame-time'),
    build: {
      outDir: join(folder, 'bare'),
      emptyOutDir: true,
      rolldownOptions: { input: join(here, 'frame-time/bare.html') },
    },
  });
  return folder;
}

function served(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const answer = ANSWERS[`${request.method} ${pathname}`];
    if (answer !== undefined) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer));
      return;
    }
    const bare = pathname === '/bare.html' || request.headers.referer?.endsWith('/bare.html');
    const file = extname(pathname) === '' ? '/index.html' : pathname;
    try {
      const content = await readFile(join(folder, bare ? 'bare' : 'app', file));
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, base: `http://127.0.0.1:${server.address().port}` }));
  });
}

/** Moves the mouse once a frame, in the page itself, and gives how long each frame took. */
function moved({ selector, steps }) {
  const element = document.querySelector(selector);
  const box = element.getBoundingClientRect();
  const start = selector.includes('pane')
    ? { x: innerWidth / 2, y: innerHeight - 12 }
    : { x: box.x + box.width / 2, y: box.y + box.height / 4 };
  const at = { ...start };
  const hit = selector.includes('pane') ? element : (document.elementFromPoint(start.x, start.y) ?? element);
  const fire = (target, type, buttons) =>
    target.dispatchEvent(
      new MouseEvent(type, {
        bubbles: true,
        cancelable: true,
        view: window,
        clientX: at.x,
        clientY: at.y,
        button: 0,
        buttons,
      }),
    );
  return new Promise((resolve) => {
    const times = [];
    let step = 0;
    let last = 0;
    fire(hit, 'mousedown', 1);
    const frame = (now) => {
      if (last > 0) times.push(now - last);
      last = now;
      if (step++ >= steps) {
        fire(window, 'mouseup', 0);
        resolve(times);
        return;
      }
      const angle = (step / steps) * Math.PI * 4;
      at.x = start.x + Math.sin(angle) * 160;
      at.y = start.y + (Math.cos(angle) - 1) * 50;
      fire(window, 'mousemove', 1);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

const NODE = '.react-flow__node[data-id="n110"]';

/** The node nearest to the middle of the canvas, which the mouse can reach at every zoom. */
function inTheMiddle(page) {
  return page.evaluate(() => {
    const box = document.querySelector('.react-flow__pane').getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const far = (element) => {
      const at = element.getBoundingClientRect();
      return Math.hypot(at.x + at.width / 2 - x, at.y + at.height / 2 - y);
    };
    const nodes = [...document.querySelectorAll('.react-flow__node')];
    const nearest = nodes
      .toSorted((one, other) => far(one) - far(other))
      .find((element) => {
        const at = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 4));
      });
    return `.react-flow__node[data-id="${nearest.dataset.id}"]`;
  });
}
const transform = (page, selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.style.transform);

async function measure(page, what) {
  const node = await inTheMiddle(page);
  const selector = what === 'drag' ? node : '.react-flow__pane';
  const mover = what === 'drag' ? node : '.react-flow__viewport';
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const work = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const before = await transform(page, mover);
  const began = await work();
  const seen = page.evaluate(
    ({ mover: name }) =>
      new Promise((resolve) => {
        const element = document.querySelector(name);
        const places = new Set();
        const observer = new MutationObserver(() => places.add(element.style.transform));
        observer.observe(element, { attributes: true, attributeFilter: ['style'] });
        setTimeout(() => resolve(places.size), 60_000);
        window.endWatch = () => resolve(places.size);
      }),
    { mover },
  );
  const times = await page.evaluate(moved, { selector, steps: STEPS });
  const ended = await work();
  await page.evaluate(() => window.endWatch());
  const places = await seen;
  if (places < STEPS / 9)
    throw new Error(
      `In ${page.url()} the ${what} moved to ${places} places only, from ${before}: nothing was measured`,
    );
  await page.waitForTimeout(600);
  return { frames: times, work: (ended - began) / times.length };
}

/** Shows the middle of the graph at zoom 1, in both. */
async function zoomIn({ bare, editor }) {
  await bare.bringToFront();
  await bare.evaluate(() => window.zoomTo(1));
  await editor.bringToFront();
  await editor
    .locator('.react-flow__node')
    .first()
    .evaluate((element) => element.focus({ preventScroll: true }));
  await editor.keyboard.press('0');
  for (const page of [bare, editor]) {
    await page.waitForFunction(() =>
      document.querySelector('.react-flow__viewport').style.transform.endsWith('scale(1)'),
    );
    await page.waitForTimeout(600);
  }
}

const middle = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const high = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.95)];

const folder = await built();
const { server, base } = await served(folder);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    // Frames as quick as the page can make them: the time of a frame is then the work in it.
    '--disable-frame-rate-limit',
    '--disable-gpu-vsync',
  ],
});
try {
  const pages = {};
  for (const [name, path] of [
    ['bare', '/bare.html'],
    ['editor', '/graphs/g'],
  ]) {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(base + path);
    await page.waitForSelector(NODE);
    await page.waitForTimeout(1500);
    pages[name] = page;
  }
  const found = {};
  for (const zoom of ['all', '1']) {
    if (zoom === '1') await zoomIn(pages);
    for (let round = 0; round <= rounds; round++) {
      for (const what of ['drag', 'pan']) {
        for (const name of round % 2 === 0 ? ['bare', 'editor'] : ['editor', 'bare']) {
          await pages[name].bringToFront();
          const { frames, work } = await measure(pages[name], what);
          if (round === 0) continue; // warms up
          const all = (found[`${zoom} ${what} ${name}`] ??= { frames: [], work: [] });
          all.frames.push(...frames);
          all.work.push(work);
        }
      }
    }
  }
  const rows = ['all drag', 'all pan', '1 drag', '1 pan'].map((key) => {
    const [bare, editor] = [found[`${key} bare`], found[`${key} editor`]];
    const [zoom, what] = key.split(' ');
    return {
      what,
      zoom,
      bareMs: middle(bare.frames),
      editorMs: middle(editor.frames),
      ratio: middle(editor.frames) / middle(bare.frames),
      bareP95: high(bare.frames),
      editorP95: high(editor.frames),
      bareWork: middle(bare.work),
      editorWork: middle(editor.work),
    };
  });
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(rows));
  } else {
    console.log(
      `${NODES} nodes, ${NODES - 1} edges, ${rounds} rounds of ${STEPS} frames; median (p95) of a frame, work of a frame`,
    );
    for (const row of rows) {
      const ms = (value) => `${value.toFixed(1)} ms`;
      console.log(
        `zoom ${row.zoom.padEnd(3)} ${row.what.padEnd(4)} bare ${ms(row.bareMs)} (${ms(row.bareP95)}), work ${ms(row.bareWork)}   ` +
          `editor ${ms(row.editorMs)} (${ms(row.editorP95)}), work ${ms(row.editorWork)}   ${row.ratio.toFixed(2)} times`,
      );
    }
  }
  if (rows.some(({ ratio }) => ratio > LIMIT)) {
    console.error(`More than ${LIMIT} times the frame of the bare page`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
}
