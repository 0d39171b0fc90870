import { useState } from 'react';
import { Input } from '@/components/fields';
import { bytes } from '@/components/format';

const MOST_BYTES = 20_000_000;

/** The part of a data URL that is Base64. */
function read(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file can’t be read.')));
    reader.readAsDataURL(file);
  });
}

/** Chooses a picture, shows it, and tells its file as Base64; nothing when it is taken back. Inside a `Field`. */
export function PictureInput({ onChosen }: { onChosen: (base64: string) => void }) {
  const [shown, setShown] = useState('');
  const [problem, setProblem] = useState('');
  const choose = async (file: File | undefined) => {
    setProblem('');
    setShown('');
    onChosen('');
    if (!file) return;
    if (file.size > MOST_BYTES) {
      setProblem(`The picture has ${bytes(file.size)}; ${bytes(MOST_BYTES)} are the most.`);
      return;
    }
    try {
      const url = await read(file);
      setShown(url);
      onChosen(url.slice(url.indexOf(',') + 1));
    } catch {
      setProblem('The file can’t be read.');
    }
  };
  return (
    <>
      <Input
        type="file"
        accept="image/png,image/jpeg,image/gif,image/bmp"
        className="h-auto py-1.5 text-sm file:mr-2 file:rounded file:border-0 file:bg-sunken file:px-2 file:py-1 file:text-ink"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {shown !== '' && (
        <img src={shown} alt="The chosen file" className="mt-1 max-h-40 max-w-full self-start rounded-md border" />
      )}
      {problem !== '' && (
        <p role="alert" className="text-xs font-medium text-bad">
          {problem}
        </p>
      )}
    </>
  );
}
