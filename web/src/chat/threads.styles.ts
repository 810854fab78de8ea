import {css} from 'lit'

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    padding: 0.75rem;
  }

  .button {
    justify-content: center;
    margin-bottom: 0.75rem;
  }

  ul {
    flex: 1;
    margin: 0 -3px;
    padding: 3px;
    overflow-y: auto;
    list-style: none;
  }

  li {
    position: relative;
    display: flex;
    align-items: center;
    border-radius: calc(var(--radius) * 0.7);
  }

  li:hover,
  li.current {
    background: color-mix(in srgb, var(--text) 7%, transparent);
  }

  .open {
    flex: 1;
    min-width: 0;
    padding: 0.5rem 0.7rem;
    border: 0;
    background: transparent;
    text-align: start;
  }

  /* Every title begins on the same side, and is cut at its own end. */
  .open span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    text-align: match-parent;
    white-space: nowrap;
  }

  .current .open {
    font-weight: 600;
  }

  /* Titles are as long as the list is wide, until their button is wanted. */
  .icon-button {
    position: absolute;
    inset-inline-end: 0;
    width: 2.25rem;
    height: 2.25rem;
    opacity: 0;
  }

  li:is(:hover, :focus-within) .icon-button {
    opacity: 1;
  }

  li:is(:hover, :focus-within) .open {
    padding-inline-end: 2.4rem;
  }

  @media (hover: none) {
    .icon-button {
      opacity: 1;
    }

    .open {
      padding-inline-end: 2.4rem;
    }
  }

  keyswitch-confirm {
    --confirm-height: 2rem;
    padding: 0.5rem 0.7rem;
    font-size: 0.9em;
  }

  .skeleton {
    height: 1.1rem;
    margin: 0.8rem 0.7rem;
  }

  .more {
    width: 100%;
  }
`
