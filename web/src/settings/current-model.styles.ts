import {css} from 'lit'

export const styles = css`
  :host {
    display: grid;
    gap: 0.75rem;
  }

  section {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1rem;
    padding: 1.1rem 1.25rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
  }

  dl {
    flex: 1 1 16rem;
    margin: 0;
    min-width: 0;
  }

  dt {
    color: var(--muted);
    font-size: 0.85em;
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .name {
    font-size: 1.2em;
    font-weight: 650;
  }
`
