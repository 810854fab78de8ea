import {css} from 'lit'

/** Radio buttons that look like cards: provider, key source. */
export const cardStyles = css`
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    margin-bottom: 0.5rem;
    font-weight: 600;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr));
    gap: 0.6rem;
  }

  .card {
    position: relative;
    display: block;
    padding: 0.75rem 0.9rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    cursor: pointer;
    overflow-wrap: anywhere;
    transition: border-color 0.15s;
  }

  .card:hover {
    border-color: var(--accent);
  }

  .card:has(:checked) {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 8%, var(--background));
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .card:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  /* The system's colours take the background and the shadow away. */
  @media (forced-colors: active) {
    .card:has(:checked) {
      border: 3px solid Highlight;
    }
  }

  .card input {
    position: absolute;
    opacity: 0;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    cursor: pointer;
  }

  .card strong {
    display: block;
    font-weight: 600;
  }

  .card span {
    color: var(--muted);
    font-weight: 400;
    font-size: 0.82em;
  }
`
