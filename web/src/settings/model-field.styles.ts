import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    position: relative;
  }

  label {
    display: block;
    margin-bottom: 0.3rem;
    font-weight: 600;
  }

  .entry {
    position: relative;
  }

  .field {
    padding-inline-end: 3rem;
  }

  /* Ids begin on the left there, too, where the button is. */
  .entry:dir(rtl) .field {
    padding-inline-start: 3rem;
  }

  .icon-button {
    position: absolute;
    inset-block: 0;
    inset-inline: auto 0.2rem;
    margin-block: auto;
  }

  ul {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    max-height: 17rem;
    margin: 4px 0 0;
    padding: 0.3rem;
    overflow-y: auto;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 0.7);
    background: var(--background);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.16);
    list-style: none;
  }

  li {
    padding: 0.45rem 0.6rem;
    border-radius: calc(var(--radius) * 0.5);
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  li[aria-selected='true'],
  li:hover {
    background: var(--surface);
    box-shadow: inset 2px 0 var(--accent);
  }

  li:is([aria-selected='true'], :hover):dir(rtl) {
    box-shadow: inset -2px 0 var(--accent);
  }

  li span {
    display: block;
    font-size: 0.8em;
  }

  p {
    margin: 0.3rem 0 0;
    font-size: 0.85em;
  }

  #mistake {
    color: var(--danger);
  }

  #mistake:empty {
    display: none;
  }
`
