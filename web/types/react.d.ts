/** The types of the package, and those of its elements in React 19's JSX. */
import type {DetailedHTMLProps, HTMLAttributes} from 'react'
import type {KeyswitchChat, KeyswitchEventMap, KeyswitchSettings} from 'keyswitch-web'

export * from 'keyswitch-web'

/** React listens to the event `name` by the property `onname`. */
type Listeners = {
  [Name in keyof KeyswitchEventMap as `on${Name}`]?: (event: KeyswitchEventMap[Name]) => void
}

type Props<Element extends HTMLElement> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  Partial<Omit<Element, keyof HTMLElement>> &
  Listeners

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'keyswitch-chat': Props<KeyswitchChat>
      'keyswitch-settings': Props<KeyswitchSettings>
    }
  }
}
