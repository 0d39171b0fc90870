import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/http';
import { Button } from '@/components/Button';
import { classes } from '@/components/classes';
import { Refusal } from '@/components/states';
import type { Explanation } from './shapes';
import { addedText, marginText } from './words';

export type Row = Record<string, string | number | boolean | null>;

const MOST_SHOWN = 10;

/** Why a model says what it says of a row, once it is asked. */
export function Why({ model, row }: { model: string; row: Row }) {
  const explain = useMutation({
    mutationFn: () => api.post<Explanation>(`/trained-models/${model}/explanation`, { row }),
  });
  return (
    <div className="mt-3 flex flex-col gap-2">
      {!explain.data && (
        <Button size="small" className="self-start" busy={explain.isPending} onClick={() => explain.mutate()}>
          Why this prediction?
        </Button>
      )}
      {explain.error && <Refusal error={explain.error} />}
      {explain.data && <Because explanation={explain.data} row={row} />}
    </div>
  );
}

/** What the model begins with, what each column adds to it, and what it comes to. */
function Because({ explanation, row }: { explanation: Explanation; row: Row }) {
  const { base, margin, unit, label, contributions } = explanation;
  const shown = contributions.slice(0, MOST_SHOWN);
  const rest = contributions.slice(MOST_SHOWN).reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const bars = shown.map(({ column, amount }) => ({ name: column, value: valueText(row[column]), amount }));
  const more = contributions.length - shown.length;
  if (more > 0) bars.push({ name: `${more} other columns`, value: '', amount: rest });
  const most = Math.max(...bars.map(({ amount }) => Math.abs(amount ?? 0)), Number.MIN_VALUE);
  const what = { share: `the share of ${label}`, log_odds: `the log-odds of ${label}` }[unit] ?? 'the prediction';
  return (
    <section aria-label="Why this prediction">
      <p className="text-sm text-soft">
        What each column adds to {what}. Every row begins at {marginText(base, unit)}.
      </p>
      <ul className="mt-2 flex flex-col gap-2 text-sm">
        {bars.map(({ name, value, amount }) => (
          <li key={name}>
            <div className="flex justify-between gap-2">
              <span className="min-w-0 break-words">
                {name}
                {value && <span className="text-soft"> = {value}</span>}
              </span>
              <span className="shrink-0 tabular-nums">{addedText(amount, unit)}</span>
            </div>
            <Bar share={(amount ?? 0) / most} />
          </li>
        ))}
      </ul>
      <p className="mt-2 border-t pt-2 text-sm">
        Together: <strong className="tabular-nums">{marginText(margin, unit)}</strong>
      </p>
    </section>
  );
}

function valueText(value: Row[string] | undefined): string {
  return value === null || value === undefined ? 'not known' : String(value);
}

/** From the middle to the right what speaks for it, to the left what speaks against it. */
function Bar({ share }: { share: number }) {
  const width = `${Math.abs(share) * 50}%`;
  return (
    <div aria-hidden className="relative mt-1 h-2 rounded-full bg-hover">
      <div
        className={classes('absolute inset-y-0 rounded-full', share < 0 ? 'right-1/2 bg-warn' : 'left-1/2 bg-accent')}
        style={{ width }}
      />
      <div className="absolute inset-y-0 left-1/2 w-px bg-edge" />
    </div>
  );
}
