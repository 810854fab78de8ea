import {css} from 'lit'

/** A list of things with a name, what is to know about them, and a button. */
export const rowStyles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.8rem;
    padding: 0.5rem 0;
    border-top: 1px solid var(--border);
  }

  li[aria-current='true'] {
    background: color-mix(in srgb, var(--accent) 8%, var(--background));
    box-shadow: -0.5rem 0 color-mix(in srgb, var(--accent) 8%, var(--background));
  }

  .name {
    flex: 1 1 12rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .problem {
    color: var(--danger);
  }
`
