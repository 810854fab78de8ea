import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    padding-block: 2rem;
    text-align: center;
  }

  h2 {
    margin: 0 0 0.4rem;
    font-size: clamp(1.4em, 4vw, 1.9em);
    line-height: 1.25;
    text-wrap: balance;
  }

  p {
    margin: 0 auto 1.5rem;
    max-width: 34rem;
    text-wrap: balance;
  }

  .try {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr));
    gap: 0.6rem;
  }

  .try button {
    padding: 0.8rem 1rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
    text-align: start;
  }

  .try button:hover:not(:disabled) {
    border-color: var(--accent);
  }
`
