import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    margin: 0 0 1.25rem;
  }

  .content {
    overflow-wrap: anywhere;
  }

  .said {
    display: flex;
    align-items: end;
    justify-content: end;
    gap: 0.25rem;
  }

  /* In reach of those who want it, and out of sight of those who read. */
  .said keyswitch-copy {
    flex: none;
    opacity: 0;
  }

  .said:is(:hover, :focus-within) keyswitch-copy {
    opacity: 1;
  }

  @media (hover: none) {
    .said keyswitch-copy {
      opacity: 1;
    }
  }

  .user {
    min-width: 0;
    max-width: 85%;
    padding: 0.6rem 1rem;
    border-radius: var(--radius);
    border-end-end-radius: 4px;
    background: var(--surface);
  }

  .user > div {
    white-space: pre-wrap;
  }

  .content > :first-child {
    margin-top: 0;
  }

  .content > :last-child {
    margin-bottom: 0;
  }

  p,
  ul,
  ol,
  blockquote {
    margin: 0.6rem 0;
  }

  ul,
  ol {
    padding: 0;
  }

  /* On the side where the text of the item begins, which may be another one than that of the list. */
  li {
    margin-inline-start: 1.5rem;
  }

  .formula {
    white-space: pre-wrap;
  }

  li > p {
    margin: 0.2rem 0;
  }

  h2,
  h3,
  h4 {
    margin: 1.1rem 0 0.4rem;
    font-size: 1.05em;
    line-height: 1.3;
  }

  h2 {
    font-size: 1.2em;
  }

  a {
    color: var(--accent);
  }

  blockquote {
    margin-inline: 0;
    padding-inline-start: 0.9rem;
    border-inline-start: 3px solid var(--border);
    color: var(--muted);
  }

  hr {
    border: 0;
    border-top: 1px solid var(--border);
  }

  code {
    padding: 0.1em 0.35em;
    border-radius: calc(var(--radius) * 0.5);
    background: var(--surface);
    font:
      0.9em ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
  }

  .scrolls {
    overflow-x: auto;
  }

  table {
    border-collapse: collapse;
    font-size: 0.95em;
  }

  th,
  td {
    padding: 0.35rem 0.7rem;
    border: 1px solid var(--border);
    text-align: start;
  }

  .center {
    text-align: center;
  }

  /* Markdown's tables name this side. */
  .right {
    text-align: right;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.15rem 0.6rem;
    min-height: 2rem;
    margin-top: 0.25rem;
    color: var(--muted);
    font-size: 0.8em;
  }

  footer keyswitch-copy {
    margin-inline-start: -0.4rem;
  }

  /* Beside the button that copies, however long. */
  .served {
    max-width: calc(100% - 3rem);
  }

  .failed .problem {
    color: var(--danger);
    font-size: 1.25em;
  }

  .dots {
    display: inline-flex;
    gap: 0.3rem;
    padding: 0.5rem 0;
  }

  .dots i {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--muted);
    animation: breathe 1.2s ease-in-out infinite;
  }

  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }

  @keyframes breathe {
    50% {
      opacity: 0.25;
      transform: translateY(-2px);
    }
  }
`
