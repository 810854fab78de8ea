import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    position: relative;
    container: chat / inline-size;
    height: 100%;
    min-height: 14rem;
    overflow: hidden;
    background: var(--background);
  }

  .layout {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    height: 100%;
  }

  .layout.alone {
    grid-template-columns: minmax(0, 1fr);
  }

  .threads {
    width: 17rem;
    border-inline-end: 1px solid var(--border);
    background: var(--surface);
  }

  .chat {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }

  header {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 3.25rem;
    padding: 0.35rem 0.75rem;
  }

  /* What is scrolled away fades below the header. */
  header::after {
    content: '';
    position: absolute;
    inset: 100% 0 auto;
    z-index: 1;
    height: 1rem;
    background: linear-gradient(var(--background), transparent);
    pointer-events: none;
  }

  @media (forced-colors: active) {
    header::after {
      display: none;
    }
  }

  .model {
    min-width: 0;
    max-width: 100%;
    margin-inline: auto;
    font-size: 0.875em;
  }

  /* Each part is cut at its own end, whatever the direction of the others; the last one has what the others leave. */
  .parts {
    display: flex;
    min-width: 0;
    white-space: pre;
  }

  .parts > * {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .parts > bdi:first-child {
    flex: none;
    max-width: 60%;
  }

  .parts > span {
    flex: 1 1 0;
  }

  keyswitch-log {
    flex: 1;
  }

  .column {
    width: 100%;
    max-width: 48rem;
    margin-inline: auto;
    padding-inline: 1rem;
  }

  .skeleton {
    height: 1.1rem;
    margin: 0 0 0.8rem;
  }

  .notice {
    padding: 1rem 0;
    text-align: center;
  }

  .bottom {
    flex: none;
    padding-block: 0.5rem 0.75rem;
  }

  .fine {
    margin: 0.5rem 0 0;
    font-size: 0.75em;
    text-align: center;
  }

  @media (max-height: 32rem) {
    .fine {
      display: none;
    }
  }

  .menu {
    display: none;
  }

  .shade {
    display: none;
  }

  @container chat (max-width: 800px) {
    .layout {
      grid-template-columns: minmax(0, 1fr);
    }

    .threads {
      position: absolute;
      z-index: 3;
      inset-block: 0;
      inset-inline: 0 auto;
      width: min(20rem, 85%);
      visibility: hidden;
      transform: translateX(-100%);
      transition:
        transform 0.2s,
        visibility 0.2s;
    }

    .threads:dir(rtl) {
      transform: translateX(100%);
    }

    .open-threads .threads {
      visibility: visible;
      transform: none;
      /* It can take the focus at once. */
      transition: transform 0.2s;
      box-shadow: 0 0 40px rgb(0 0 0 / 0.3);
    }

    .open-threads .shade {
      display: block;
      position: absolute;
      z-index: 2;
      inset: 0;
      border: 0;
      border-radius: 0;
      background: rgb(0 0 0 / 0.35);
    }

    .menu {
      display: inline-grid;
    }
  }
`
