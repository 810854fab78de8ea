import {css} from 'lit'

export const styles = css`
  :host {
    display: inline-flex;
    font-size: inherit;
  }

  .icon-button {
    width: 2.125rem;
    height: 2.125rem;
  }

  .icon-button svg {
    width: 1.1rem;
    height: 1.1rem;
  }
`
