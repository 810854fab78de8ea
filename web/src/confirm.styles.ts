import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    font-size: inherit;
  }

  div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }

  .button {
    min-height: var(--confirm-height, 2.5rem);
  }
`
