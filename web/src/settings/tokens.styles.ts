import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    position: relative;
  }

  form {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  form .field {
    flex: 1 1 14rem;
    width: auto;
  }

  ul {
    margin-top: 1rem;
  }

  .new {
    margin-top: 1rem;
    padding: 0.9rem 1rem;
    border: 1px solid var(--good);
    border-radius: var(--radius);
  }

  .new p {
    margin: 0 0 0.6rem;
  }

  .address,
  .new div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }

  code {
    flex: 1 1 16rem;
    padding: 0.4rem 0.6rem;
    border-radius: calc(var(--radius) * 0.5);
    background: var(--surface);
    font:
      0.85em ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
    overflow-wrap: anywhere;
  }
`
