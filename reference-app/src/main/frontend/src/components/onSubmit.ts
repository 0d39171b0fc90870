import type { SubmitEvent } from 'react';

/** Calls `act` when a form is sent, instead of what a browser does. */
export function onSubmit(act: () => void) {
  return (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    act();
  };
}
