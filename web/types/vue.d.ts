/** The types of the package, and those of its elements in Vue's templates. */
import type {EmitFn, HTMLAttributes, PublicProps} from 'vue'
import type {KeyswitchChat, KeyswitchEventMap, KeyswitchSettings} from 'keyswitch-web'

export * from 'keyswitch-web'

type Listeners = {[Name in keyof KeyswitchEventMap]: (event: KeyswitchEventMap[Name]) => void}

type Component<Element extends HTMLElement> = new () => Element & {
  $props: HTMLAttributes & Partial<Omit<Element, keyof HTMLElement>> & PublicProps
  $emit: EmitFn<Listeners>
}

declare module 'vue' {
  interface GlobalComponents {
    'keyswitch-chat': Component<KeyswitchChat>
    'keyswitch-settings': Component<KeyswitchSettings>
  }
}
