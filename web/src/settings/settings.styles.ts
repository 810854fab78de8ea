import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    container: settings / inline-size;
    background: var(--background);
  }

  h2 {
    margin: 2.25rem 0 0.75rem;
    font-size: 1.15em;
  }

  keyswitch-choice-form {
    margin-top: 1.4rem;
    scroll-margin-top: 1rem;
  }

  .skeleton {
    height: 4.2rem;
    margin-bottom: 0.6rem;
    border-radius: var(--radius);
  }
`
