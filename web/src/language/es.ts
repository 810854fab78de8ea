import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('es')

export const es: Labels = {
  common: {
    loading: 'Cargando…',
    tryAgain: 'Intentar de nuevo',
    tryNow: 'Intentar ahora',
    tryingAgain: (problem) => `${problem} Intentándolo de nuevo…`,
  },

  chat: {
    region: 'Chat',
    loading: 'Cargando la conversación',
    note: 'Los modelos pueden equivocarse. Nunca se les muestran tus claves de API.',
    placeholder: 'Escribe un mensaje',
    placeholderSignedOut: 'Inicia sesión para escribir un mensaje',
    closeThreads: 'Cerrar la lista',
    yourModel: 'Tu modelo:',
    chooseModel: 'Elegir un modelo',
  },

  welcome: {
    title: '¿De qué te gustaría hablar?',
    invitation:
      'Aquí responde el modelo que prefieras, con la clave predeterminada o con la tuya. Puedes cambiarlo cuando quieras: basta con escribirlo.',
    suggestions: [
      'Quiero cambiar de modelo',
      '¿Qué modelo estoy usando?',
      'Usa Claude con mi propia clave',
      'Escribe un pequeño programa en Python',
    ],
    signedOutTitle: 'No has iniciado sesión',
    signedOut: 'Cuando inicies sesión, aquí encontrarás tus chats y tu modelo.',
    goneTitle: 'Este chat no está disponible',
    gone: 'Se eliminó o pertenece a otra cuenta. Con tu próximo mensaje empezará uno nuevo.',
  },

  threads: {
    list: 'Tus chats',
    loading: 'Cargando tus chats',
    create: 'Nuevo chat',
    older: 'Chats anteriores',
    delete: (title) => `Eliminar “${title}”`,
    confirmLabel: '¿Eliminar este chat?',
    confirm: '¿Eliminar este chat para siempre?',
    confirmYes: 'Eliminar',
    notDeleted: (problem) => `No se eliminó. ${problem}`,
  },

  log: {
    conversation: 'Conversación',
    earlier: 'Mensajes anteriores',
    toEnd: 'Ir al último mensaje',
  },

  message: {
    user: 'Tú:',
    keyEnding: (hint) => `[Clave de API terminada en ${hint}]`,
    notStored: '[No guardado: podría contener una clave de API]',
    assistant: 'Respuesta:',
    waiting: 'Esperando la respuesta',
    copy: 'Copiar la respuesta',
    copyOwn: 'Copiar tu mensaje',
    keyswitch: 'Keyswitch',
    stopped: 'Respuesta detenida.',
    incomplete: 'Esta respuesta está incompleta.',
    unanswered: 'Este mensaje no recibió respuesta.',
    reconnecting: 'Se perdió la conexión. Intentándolo de nuevo…',
  },

  composer: {
    message: 'Mensaje',
    key: 'Clave de API',
    keyPlaceholder: 'Pega tu clave de API',
    hidden: 'Está oculta mientras escribes y no queda en la conversación.',
    looksLikeKey: 'Parece una clave de API, así que está oculta y no se guardará.',
    send: 'Enviar',
    stop: 'Detener la respuesta',
    answers: 'Respuestas para elegir',
    suggestions: 'Sugerencias',
    back: 'Volver',
    cancel: 'Cancelar',
  },

  markdown: {
    table: 'Tabla',
    picture: 'imagen',
    copyCode: 'Copiar el código',
  },

  copy: {
    copy: 'Copiar',
    copied: 'Copiado',
    blocked: 'El navegador no permitió copiar. Selecciona el texto y cópialo a mano.',
  },

  dialog: {
    keep: 'Mantener',
  },

  key: {
    own: 'tu clave',
    ownEnding: (hint) => `tu clave ••••${hint}`,
    project: 'clave predeterminada',
  },

  payer: {
    own: (hint) => `Pagas tú, con tu propia clave ••••${hint}.`,
    app: 'Paga la app, con la clave predeterminada.',
  },

  settings: {
    loading: 'Cargando los ajustes',
    signedOutTitle: 'No has iniciado sesión.',
    signedOut: 'Cuando inicies sesión, aquí configurarás tu modelo y tu clave.',
    change: 'Cambiar de modelo',
    provider: 'Proveedor',
    defaultOrOwnKey: 'Clave predeterminada o propia',
    ownKey: 'Tu propia clave',
    inUse: 'en uso',
    keys: 'Tus claves',
    keysHelp: 'Una por proveedor. Se guardan cifradas y se conservan aunque cambies de modelo.',
    threadModels: 'Chats con su propio modelo',
    tokens: 'Tokens personales',
    tokensHelp:
      'Para programas que usan el protocolo de OpenAI: envían el token en lugar de una clave de API y responde tu modelo.',
  },

  currentModel: {
    region: 'Tu modelo actual',
    messagesGoTo: 'Tus mensajes van a',
    none: 'Todavía no hay modelo',
    chooseOne: 'Elige uno más abajo.',
    toDefault: 'Volver al predeterminado',
    confirmLabel: '¿Seguro?',
    defaultAnswers: 'A partir de entonces responderá el modelo predeterminado.',
    noneAnswers: 'A partir de entonces no responderá ningún modelo hasta que elijas uno.',
    deleted: 'Listo. Vuelve a usarse la opción predeterminada.',
  },

  choice: {
    whoPays: 'Quién paga',
    defaultKey: 'Clave predeterminada',
    defaultKeyDetail: 'Paga la app, con un límite diario',
    ownKey: 'Tu propia clave',
    ownKeyDetail: 'Le pagas a tu proveedor, sin límite diario',
    key: (provider) => `Clave de API de ${provider}`,
    keyStored: (hint) => `Guardada: ••••${hint}. Deja el campo vacío para mantenerla`,
    keyBegins: (prefix) => `Empieza por ${prefix}`,
    keyPlaceholder: 'Pega tu clave',
    keyHelp: (provider) => `Se guarda cifrada, se usa solo para ${provider} y no vuelve a mostrarse.`,
    getKey: 'Obtener una clave',
    save: 'Guardar',
    checkAndSave: 'Comprobar y guardar',
    checking: 'Comprobando…',
    saved: (warning) => `Guardado. ${warning}`,
    answersNow: (provider, modelId, payer) => `Ahora responde ${provider}, con ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} Lo que escribiste sigue aquí.`,
    accountId: 'ID de cuenta',
    accountMissing: (label) => `Introduce este dato de tu cuenta, por favor: ${label}.`,
    accountWrong: (label) => `Esto no tiene el formato de ${label}. Revísalo, por favor.`,
    keyMissing: (provider) => `Pega tu clave de API de ${provider}, por favor.`,
    modelMissing: 'Elige un modelo o escribe su ID, por favor.',
  },

  modelField: {
    label: 'Modelo',
    example: (modelId) => `Por ejemplo, ${modelId}`,
    all: 'Todos los modelos',
    suggestions: 'Sugerencias',
    looking: 'Buscando los modelos…',
    any: 'Puedes escribir el ID de cualquier modelo.',
    noneListed: 'El proveedor no muestra ningún modelo. Puedes escribir el ID de cualquiera.',
    notListed: 'La lista de modelos no está disponible en este momento. Puedes escribir el ID de cualquier modelo.',
    listed: (count, key) => {
      const whose = {given: 'tu clave', stored: 'tu clave guardada', project: 'la clave predeterminada'}[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'modelo', other: 'modelos'})}`
      return `${models} para ${whose}. También puedes escribir cualquier otro ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} tokens`,
  },

  keys: {
    list: 'Tus claves',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 chat con su propio modelo',
        other: `${formats.number(threads)} chats con su propio modelo`,
      })
      if (byDefault) return threads > 0 ? `En uso, también en ${chats}.` : 'En uso.'
      return threads > 0 ? `En uso en ${chats}.` : 'No está en uso.'
    },
    saved: (at) => `Guardada: ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: 'El proveedor no la aceptó en la última comprobación.',
        unknown_account: 'El proveedor no reconoció la cuenta en la última comprobación.',
        no_credit: 'Tu cuenta no tenía saldo en la última comprobación.',
        unreachable: 'Todavía sin comprobar: no se pudo conectar con el proveedor.',
        key_leaked: 'El proveedor la ha bloqueado porque se filtró. Crea una nueva en su web.',
        key_expired: 'Ha caducado. Crea una nueva en la web del proveedor.',
        account_suspended:
          'El proveedor ha suspendido la clave o la cuenta a la que pertenece. En esa cuenta verás el motivo.',
        key_restricted: 'Tiene una restricción que impide usarla aquí. Cambia esa restricción en la web del proveedor.',
        api_disabled:
          'La API del proveedor no está habilitada en el proyecto de la clave. Habilítala en la web del proveedor.',
        region: 'El proveedor no está disponible en el lugar donde funciona este servidor.',
      })[word] ?? '',
    delete: 'Eliminar',
    deleteNamed: (provider) => `Eliminar la clave de ${provider}`,
    confirmLabel: (provider) => `¿Eliminar la clave de ${provider}?`,
    confirmYes: 'Eliminar para siempre',
    consequence: 'Los chats que la usan volverán a la opción predeterminada.',
  },

  threadModels: {
    list: 'Chats con su propio modelo',
    untitled: 'Nuevo chat',
    likeOthers: 'Usar el modelo habitual',
    likeOthersNamed: (title) => `Usar el modelo habitual en “${title}”`,
  },

  tokens: {
    baseUrl: 'URL base',
    list: 'Tus tokens',
    name: 'Nombre del token',
    namePlaceholder: '¿Para qué es? Por ejemplo: mi editor',
    create: 'Crear token',
    copyNow: 'Copia el token ahora:',
    shownOnce: 'no volverá a mostrarse.',
    done: 'Listo',
    made: (created) => `Creado: ${formats.moment(created)}`,
    revoke: 'Revocar',
    revokeNamed: (name) => `Revocar ${name}`,
    confirmLabel: (name) => `¿Revocar ${name}?`,
    confirmYes: 'Revocar para siempre',
  },

  connection: {
    unreachable: 'No se puede conectar con Keyswitch.',
    broken: 'La conexión se interrumpió.',
    timeout: 'La conexión tardó demasiado.',
    unreadable: 'Keyswitch envió una respuesta que no se puede leer.',
    signInFails: 'El inicio de sesión no funciona en este momento.',
    signInRefused: 'Tu inicio de sesión no se aceptó. Inicia sesión de nuevo, por favor.',
    signedOut: 'No has iniciado sesión. Inicia sesión, por favor.',
    otherUser: 'Otra persona ha iniciado sesión. Inténtalo de nuevo, por favor.',
    unknown: 'Algo salió mal. Inténtalo de nuevo, por favor.',
  },
}
