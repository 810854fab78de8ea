import {css} from 'lit'

/**
 * The look of all components. Pages change it by the custom properties of docs/web.md, and choose light or dark by their
 * own `color-scheme`.
 */
export const theme = css`
  :host {
    --accent: var(--keyswitch-accent, light-dark(#3457d5, #8ba3ff));
    --on-accent: var(--keyswitch-on-accent, light-dark(#ffffff, #0c1020));
    --background: var(--keyswitch-background, light-dark(#ffffff, #12151d));
    --surface: var(--keyswitch-surface, light-dark(#f5f6fa, #1b2030));
    --text: var(--keyswitch-text, light-dark(#1c2230, #e8ebf3));
    --muted: var(--keyswitch-muted, light-dark(#596275, #a3adc2));
    --border: var(--keyswitch-border, light-dark(#dfe3ec, #2f3750));
    --danger: var(--keyswitch-danger, light-dark(#b42318, #ff9a92));
    --good: var(--keyswitch-good, light-dark(#116a3b, #6fd39b));
    --radius: var(--keyswitch-radius, 14px);
    /* Of buttons: as round as can be with the usual radius. */
    --round: calc(var(--radius) * 1.5);
    color: var(--text);
    font-family: var(--keyswitch-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    font-size: var(--keyswitch-font-size, 1rem);
    line-height: 1.5;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  button:disabled {
    cursor: default;
    opacity: 0.55;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .button {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-height: 2.5rem;
    padding: 0.4rem 0.95rem;
    border: 1px solid var(--border);
    border-radius: var(--round);
    background: var(--background);
    font-weight: 500;
    transition:
      background 0.15s,
      border-color 0.15s;
  }

  .button:hover:not(:disabled) {
    border-color: var(--accent);
  }

  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }

  .button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
  }

  .button.danger {
    color: var(--danger);
  }

  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 2.5rem;
    height: 2.5rem;
    border: 0;
    border-radius: var(--round);
    background: transparent;
    color: var(--muted);
  }

  .icon-button:hover:not(:disabled) {
    background: var(--surface);
    color: var(--text);
  }

  svg {
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .field {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 0.7);
    background: var(--background);
  }

  .field[aria-invalid='true'] {
    border-color: var(--danger);
  }

  .field:placeholder-shown {
    text-overflow: ellipsis;
  }

  .field::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  /* In the direction of the labels, whatever is typed there. */
  :placeholder-shown {
    direction: inherit;
  }

  :dir(rtl) > .directed {
    transform: scaleX(-1);
  }

  .muted {
    color: var(--muted);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .skeleton {
    border-radius: calc(var(--radius) * 0.5);
    background: linear-gradient(90deg, var(--surface) 25%, var(--border) 50%, var(--surface) 75%);
    background-size: 200% 100%;
    animation: shimmer 1.4s linear infinite;
  }

  /* Most pages know after a moment who is signed in. */
  .signed-out {
    animation: appear 0.2s 0.6s backwards;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes shimmer {
    to {
      background-position: -200% 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`
