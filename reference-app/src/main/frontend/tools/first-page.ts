import type { OutputAsset, OutputBundle, OutputChunk } from 'rolldown';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Scripts and styles that the browser loads before the dashboard shows: the entry, the shell and that page. */
function loadedFirst(bundle: OutputBundle): (OutputChunk | OutputAsset)[] {
  const files = new Set<string>();
  const take = (name: string) => {
    const file = bundle[name];
    if (file === undefined || files.has(name)) return;
    files.add(name);
    if (file.type !== 'chunk') return;
    file.imports.forEach(take);
    file.viteMetadata?.importedCss.forEach(take);
  };
  for (const [name, file] of Object.entries(bundle)) {
    if (file.type !== 'chunk') continue;
    const page = file.facadeModuleId ?? '';
    if (file.isEntry || page.endsWith('/dashboard/DashboardPage.tsx')) take(name);
  }
  return [...files].flatMap((name) => bundle[name] ?? []);
}

/** Prints how many gzipped bytes of scripts and styles the first page takes, and fails the build above the limit. */
export function firstPage({ maxBytes }: { maxBytes: number }): Plugin {
  return {
    name: 'studio-first-page',
    apply: 'build',
    enforce: 'post',
    writeBundle(_, bundle) {
      const bytes = loadedFirst(bundle)
        .map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source).length)
        .reduce((sum, size) => sum + size, 0);
      this.info(`first page: ${(bytes / 1000).toFixed(1)} kB gzipped (limit ${maxBytes / 1000} kB)`);
      if (bytes > maxBytes) {
        this.error(
          `The first page takes ${bytes} gzipped bytes, more than ${maxBytes}; load what it doesn't show later`,
        );
      }
    },
  };
}
