import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';
import { classes } from './classes';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';
type Size = 'small' | 'medium';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'bg-surface text-ink border-edge/60 hover:bg-hover',
  quiet: 'border-transparent text-soft hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-on-bad border-transparent hover:brightness-110',
};
const SIZES: Record<Size, string> = { small: 'min-h-7 px-2 text-sm gap-1.5', medium: 'min-h-9 px-3 gap-2' };
const SHAPE =
  'inline-flex items-center justify-center rounded-md border font-medium whitespace-nowrap select-none ' +
  'transition-colors disabled:opacity-55 disabled:cursor-not-allowed';

function look(kind: Look, size: Size, extra?: string) {
  return classes(SHAPE, LOOKS[kind], SIZES[size], extra);
}

interface Common {
  look?: Look;
  size?: Size;
  icon?: LucideIcon;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Common {
  /** Shows that what it started is under way, and takes no further click. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that does something; what goes somewhere is a {@link ButtonLink}. */
export function Button({
  look: kind = 'plain',
  size = 'medium',
  icon: Icon,
  busy,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={look(kind, size, className)}
    >
      {busy ? <LoaderCircle size={16} className="animate-spin" aria-hidden /> : Icon && <Icon size={16} aria-hidden />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: LucideIcon;
  /** Its name for those who don't see it, and its tooltip. */
  label: string;
}

/** A button that shows only a picture. */
export function IconButton({
  icon: Icon,
  label,
  look: kind = 'quiet',
  size = 'medium',
  busy,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const shape = classes(SHAPE, LOOKS[kind], size === 'small' ? 'size-7' : 'size-9', className);
  return (
    <button {...rest} type={type} aria-label={label} title={label} className={shape}>
      {busy ? <LoaderCircle size={16} className="animate-spin" aria-hidden /> : <Icon size={16} aria-hidden />}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look: kind = 'plain',
  size = 'medium',
  icon: Icon,
  className,
  children,
  ...rest
}: LinkProps & Common & { className?: string }) {
  return (
    <Link {...rest} className={look(kind, size, className)}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </Link>
  );
}

/** A link out of the pages that looks like a button. */
export function AnchorButton({
  look: kind = 'plain',
  size = 'medium',
  icon: Icon,
  className,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & Common & { className?: string }) {
  return (
    <a {...rest} className={look(kind, size, className)}>
      {Icon && <Icon size={16} className="shrink-0" aria-hidden />}
      {children}
    </a>
  );
}
