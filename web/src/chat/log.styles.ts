import {css} from 'lit'

export const styles = css`
  :host {
    display: flex;
    position: relative;
    min-height: 0;
  }

  /* In line with what stands below it, scrollbar or not. */
  .scroller {
    position: relative;
    flex: 1;
    min-width: 0;
    overflow-y: auto;
    scrollbar-gutter: stable both-edges;
    overscroll-behavior: contain;
  }

  .column {
    width: 100%;
    max-width: 48rem;
    margin-inline: auto;
    padding: 0.75rem 1rem 0;
  }

  .empty {
    display: grid;
    align-content: center;
    min-height: 100%;
  }

  /* Far messages cost nothing until they are scrolled to; nothing is drawn beyond their edges, so these are set off. */
  keyswitch-message {
    margin-inline: -0.5rem;
    padding-inline: 0.5rem;
    content-visibility: auto;
    contain-intrinsic-size: auto 6rem;
  }

  .earlier {
    margin: 0.5rem 0 1rem;
    text-align: center;
  }

  .earlier p {
    margin: 0.5rem 0 0;
  }

  .to-end {
    position: absolute;
    bottom: 0.25rem;
    inset-inline-start: calc(50% - 1.25rem);
    border: 1px solid var(--border);
    background: var(--background);
    box-shadow: 0 2px 10px rgb(0 0 0 / 0.12);
  }
`
