/** What the page says around the components. */
export interface PageLabels {
  readonly views: string
  readonly chat: string
  readonly settings: string
  readonly settingsTitle: string
  readonly model: string
  readonly elsewhere: string
}

/** The labels of the page, by language. */
export const PAGE_LABELS: Readonly<Record<string, PageLabels>> = {
  ar: {
    views: 'أقسام الصفحة',
    chat: 'المحادثة',
    settings: 'الإعدادات',
    settingsTitle: 'الإعدادات · Keyswitch',
    model: 'نموذجك',
    elsewhere: 'الخادم Keyswitch يعمل. تعمل هذه الصفحة في العرض التجريبي فقط. يستدعي تطبيقك الدوال بتسجيل دخوله الخاص.',
  },
  de: {
    views: 'Ansichten',
    chat: 'Chat',
    settings: 'Einstellungen',
    settingsTitle: 'Einstellungen · Keyswitch',
    model: 'Dein Modell',
    elsewhere:
      'Keyswitch läuft. Diese Seite funktioniert nur in der Demo. Deine App ruft die Funktionen mit ihrer eigenen Anmeldung auf.',
  },
  en: {
    views: 'Views',
    chat: 'Chat',
    settings: 'Settings',
    settingsTitle: 'Settings · Keyswitch',
    model: 'Your model',
    elsewhere:
      'Keyswitch is running. This page works only in the demo. Your app calls the functions with its own sign-in.',
  },
  es: {
    views: 'Vistas',
    chat: 'Chat',
    settings: 'Ajustes',
    settingsTitle: 'Ajustes · Keyswitch',
    model: 'Tu modelo',
    elsewhere:
      'Keyswitch está en marcha. Esta página solo funciona en la demo. Tu app llama a las funciones con su propio inicio de sesión.',
  },
  fr: {
    views: 'Vues',
    chat: 'Conversation',
    settings: 'Réglages',
    settingsTitle: 'Réglages · Keyswitch',
    model: 'Ton modèle',
    elsewhere:
      'Keyswitch fonctionne. Cette page ne marche que dans la démo. Ton application appelle les fonctions avec sa propre connexion.',
  },
  hi: {
    views: 'पेज',
    chat: 'चैट',
    settings: 'सेटिंग',
    settingsTitle: 'सेटिंग · Keyswitch',
    model: 'आपका मॉडल',
    elsewhere: 'Keyswitch चल रहा है। यह पेज सिर्फ़ डेमो में काम करता है। आपका ऐप अपने साइन-इन से फ़ंक्शन कॉल करता है।',
  },
  it: {
    views: 'Sezioni',
    chat: 'Chat',
    settings: 'Impostazioni',
    settingsTitle: 'Impostazioni · Keyswitch',
    model: 'Il tuo modello',
    elsewhere:
      'Keyswitch è attivo. Questa pagina funziona solo nella demo. La tua app chiama le funzioni con il proprio accesso.',
  },
  ja: {
    views: '画面の切り替え',
    chat: 'チャット',
    settings: '設定',
    settingsTitle: '設定 · Keyswitch',
    model: 'モデルの設定',
    elsewhere:
      'Keyswitchは動作しています。このページはデモでのみ使えます。アプリからは、アプリ自身のサインインで関数を呼び出します。',
  },
  ko: {
    views: '화면',
    chat: '채팅',
    settings: '설정',
    settingsTitle: '설정 · Keyswitch',
    model: '내 모델',
    elsewhere: 'Keyswitch가 실행 중이에요. 이 페이지는 데모에서만 작동해요. 앱에서는 앱의 로그인으로 함수를 호출해요.',
  },
  pt: {
    views: 'Telas',
    chat: 'Chat',
    settings: 'Configurações',
    settingsTitle: 'Configurações · Keyswitch',
    model: 'O seu modelo',
    elsewhere:
      'O Keyswitch está funcionando. Esta página só funciona na demonstração. O seu app chama as funções com o próprio login.',
  },
  ru: {
    views: 'Разделы',
    chat: 'Чат',
    settings: 'Настройки',
    settingsTitle: 'Настройки · Keyswitch',
    model: 'Ваша модель',
    elsewhere:
      'Keyswitch работает. Эта страница действует только в демоверсии. Ваше приложение вызывает функции со своей системой входа.',
  },
  zh: {
    views: '页面',
    chat: '聊天',
    settings: '设置',
    settingsTitle: '设置 · Keyswitch',
    model: '你的模型',
    elsewhere: 'Keyswitch 正在运行。这个页面只能在演示中使用。你的应用会用自己的登录来调用函数。',
  },
}
