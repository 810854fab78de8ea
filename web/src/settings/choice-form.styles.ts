import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
  }

  form {
    display: grid;
    gap: 1.4rem;
  }

  .cards {
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
  }

  label:not(.card) {
    display: block;
    margin-bottom: 0.3rem;
    font-weight: 600;
  }

  .save {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 1rem;
  }

  .save span {
    flex: 1 1 14rem;
    font-size: 0.85em;
  }

  .help,
  .mistake {
    margin: 0.3rem 0 0;
    font-size: 0.85em;
  }

  .mistake {
    color: var(--danger);
  }

  .mistake:empty {
    display: none;
  }

  a {
    color: var(--accent);
  }

  a svg {
    width: 0.9em;
    height: 0.9em;
    vertical-align: -0.08em;
  }
`
