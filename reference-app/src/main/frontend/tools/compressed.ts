import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json)$/;
const SMALLEST_WORTH_IT = 1024;

/** Writes FILE.br and FILE.gz beside every text file, so that the server sends them without work. */
export function compressed(): Plugin {
  return {
    name: 'studio-compressed',
    apply: 'build',
    enforce: 'post',
    async closeBundle() {
      const folder = this.environment.config.build.outDir;
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => write(join(folder, name))));
    },
  };
}

async function write(file: string) {
  const text = await readFile(file);
  if (text.length < SMALLEST_WORTH_IT) return;
  // Quality 9 is within 3 % of 11 in a tenth of its time.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(text, quality));
  await writeFile(`${file}.gz`, await promisify(gzip)(text, { level: 9 }));
}
