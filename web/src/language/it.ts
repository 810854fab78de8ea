import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('it')

export const it: Labels = {
  common: {
    loading: 'Caricamento…',
    tryAgain: 'Riprova',
    tryNow: 'Riprova subito',
    tryingAgain: (problem) => `${problem} Nuovo tentativo in corso…`,
  },

  chat: {
    region: 'Chat',
    loading: 'Caricamento della conversazione',
    note: 'I modelli possono sbagliare e non vedono mai le tue chiavi API.',
    placeholder: 'Scrivi un messaggio',
    placeholderSignedOut: 'Accedi per scrivere un messaggio',
    closeThreads: "Chiudi l'elenco",
    yourModel: 'Il tuo modello:',
    chooseModel: 'Scegli un modello',
  },

  welcome: {
    title: 'Di che cosa vuoi parlare?',
    invitation:
      'Qui risponde il modello che preferisci, con la chiave predefinita o con la tua. Puoi cambiarlo quando vuoi: basta chiederlo nella chat.',
    suggestions: [
      'Voglio cambiare modello',
      'Quale modello sto usando?',
      'Usa Claude con la mia chiave personale',
      'Scrivi un piccolo programma in Python',
    ],
    signedOutTitle: "Non hai effettuato l'accesso",
    signedOut: "Dopo l'accesso troverai qui le tue chat e il tuo modello.",
    goneTitle: 'Chat non trovata',
    gone: 'È stata eliminata o appartiene a un altro account. Con il prossimo messaggio ne inizi una nuova.',
  },

  threads: {
    list: 'Le tue chat',
    loading: 'Caricamento delle tue chat',
    create: 'Nuova chat',
    older: 'Chat precedenti',
    delete: (title) => `Elimina “${title}”`,
    confirmLabel: 'Eliminare questa chat?',
    confirm: 'Eliminare questa chat per sempre?',
    confirmYes: 'Elimina',
    notDeleted: (problem) => `La chat non è stata eliminata. ${problem}`,
  },

  log: {
    conversation: 'Conversazione',
    earlier: 'Messaggi precedenti',
    toEnd: "Vai all'ultimo messaggio",
  },

  message: {
    user: 'Tu:',
    keyEnding: (hint) => `[Chiave API che termina con ${hint}]`,
    notStored: '[Non salvato: forse conteneva una chiave API]',
    assistant: 'Risposta:',
    waiting: 'In attesa della risposta',
    copy: 'Copia la risposta',
    copyOwn: 'Copia il tuo messaggio',
    keyswitch: 'Keyswitch',
    stopped: 'Risposta interrotta.',
    incomplete: 'Questa risposta è incompleta.',
    unanswered: 'Questo messaggio non ha ricevuto risposta.',
    reconnecting: 'La connessione si è interrotta. Nuovo tentativo in corso…',
  },

  composer: {
    message: 'Messaggio',
    key: 'Chiave API',
    keyPlaceholder: 'Incolla la tua chiave API',
    hidden: 'È nascosta mentre scrivi e non resta nella conversazione.',
    looksLikeKey: 'Sembra una chiave API, quindi è nascosta e non verrà salvata.',
    send: 'Invia',
    stop: 'Interrompi la risposta',
    answers: 'Risposte tra cui scegliere',
    suggestions: 'Suggerimenti',
    back: 'Indietro',
    cancel: 'Annulla',
  },

  markdown: {
    table: 'Tabella',
    picture: 'immagine',
    copyCode: 'Copia il codice',
  },

  copy: {
    copy: 'Copia',
    copied: 'Copiato',
    blocked: 'Il browser ha impedito la copia. Seleziona il testo e copialo a mano.',
  },

  dialog: {
    keep: 'Mantieni',
  },

  key: {
    own: 'la tua chiave',
    ownEnding: (hint) => `la tua chiave ••••${hint}`,
    project: 'la chiave predefinita',
  },

  payer: {
    own: (hint) => `Paghi tu, con la tua chiave personale ••••${hint}.`,
    app: "Paga l'app, con la chiave predefinita.",
  },

  settings: {
    loading: 'Caricamento delle impostazioni',
    signedOutTitle: "Non hai effettuato l'accesso.",
    signedOut: "Dopo l'accesso potrai impostare qui il tuo modello e la tua chiave.",
    change: 'Cambia modello',
    provider: 'Provider',
    defaultOrOwnKey: 'Chiave predefinita o personale',
    ownKey: 'La tua chiave personale',
    inUse: 'in uso',
    keys: 'Le tue chiavi',
    keysHelp: 'Una per provider, salvate cifrate. Restano anche se cambi modello.',
    threadModels: 'Chat con un modello proprio',
    tokens: 'Token personali',
    tokensHelp:
      'Per i programmi che usano il protocollo di OpenAI: inviano il token al posto di una chiave API e risponde il tuo modello.',
  },

  currentModel: {
    region: 'Il tuo modello attuale',
    messagesGoTo: 'I tuoi messaggi vanno a',
    none: 'Ancora nessun modello',
    chooseOne: 'Scegline uno qui sotto.',
    toDefault: 'Torna alla scelta predefinita',
    confirmLabel: 'Confermi?',
    defaultAnswers: 'Da quel momento risponderà il modello predefinito.',
    noneAnswers: 'Da quel momento non risponderà nessun modello finché non ne scegli uno.',
    deleted: 'Fatto. È di nuovo in uso la scelta predefinita.',
  },

  choice: {
    whoPays: 'Chi paga',
    defaultKey: 'Chiave predefinita',
    defaultKeyDetail: "Paga l'app, con un limite giornaliero",
    ownKey: 'La tua chiave personale',
    ownKeyDetail: 'Paghi tu il provider, senza limite giornaliero',
    key: (provider) => `Chiave API di ${provider}`,
    keyStored: (hint) => `Salvata: ••••${hint}. Lascia vuoto per mantenerla`,
    keyBegins: (prefix) => `Inizia con ${prefix}`,
    keyPlaceholder: 'Incolla la tua chiave',
    keyHelp: (provider) => `Viene salvata cifrata, usata solo per ${provider} e mai più mostrata.`,
    getKey: 'Ottieni una chiave',
    save: 'Salva',
    checkAndSave: 'Controlla e salva',
    checking: 'Controllo in corso…',
    saved: (warning) => `Salvato. ${warning}`,
    answersNow: (provider, modelId, payer) => `Ora risponde ${provider}, con ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} Quello che hai scritto è ancora qui.`,
    accountId: 'ID account',
    accountMissing: (label) => `Inserisci questo dato del tuo account: ${label}.`,
    accountWrong: (label) => `Il formato di “${label}” non è valido. Controlla quello che hai scritto.`,
    keyMissing: (provider) => `Incolla la tua chiave API di ${provider}.`,
    modelMissing: 'Scegli un modello oppure scrivi il suo ID.',
  },

  modelField: {
    label: 'Modello',
    example: (modelId) => `Per esempio ${modelId}`,
    all: 'Tutti i modelli',
    suggestions: 'Suggerimenti',
    looking: 'Ricerca dei modelli…',
    any: "Puoi scrivere l'ID di qualsiasi modello.",
    noneListed: "Il provider non elenca nessun modello. Puoi scrivere l'ID di qualsiasi modello.",
    notListed: "Al momento l'elenco dei modelli non è disponibile. Puoi comunque scrivere l'ID di qualsiasi modello.",
    listed: (count, key) => {
      const whose = {given: 'la tua chiave', stored: 'la tua chiave salvata', project: 'la chiave predefinita'}[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'modello', other: 'modelli'})}`
      return `${models} per ${whose}. Puoi anche scrivere qualsiasi altro ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} token`,
  },

  keys: {
    list: 'Le tue chiavi',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 chat con un modello proprio',
        other: `${formats.number(threads)} chat con un modello proprio`,
      })
      if (byDefault) return threads > 0 ? `In uso, anche in ${chats}.` : 'In uso.'
      return threads > 0 ? `In uso in ${chats}.` : 'Non in uso.'
    },
    saved: (at) => `Salvata: ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: "All'ultimo controllo il provider non l'ha accettata.",
        unknown_account: "All'ultimo controllo il provider non ha riconosciuto l'account.",
        no_credit: "All'ultimo controllo il credito dell'account era esaurito.",
        unreachable: 'Non ancora controllata: non è stato possibile contattare il provider.',
        key_leaked: "Il provider l'ha bloccata perché è stata segnalata come divulgata. Creane una nuova lì.",
        key_expired: 'È scaduta. Creane una nuova sul sito del provider.',
        account_suspended:
          "Il provider ha sospeso la chiave o l'account a cui appartiene. Il motivo è indicato nel tuo account.",
        key_restricted: "Presso il provider ha una restrizione che ne impedisce l'uso qui. Modificala lì.",
        api_disabled: "L'API del provider non è abilitata per il progetto della chiave. Abilitala lì.",
        region: 'Il provider non è disponibile nel luogo in cui si trova questo server.',
      })[word] ?? '',
    delete: 'Elimina',
    deleteNamed: (provider) => `Elimina la chiave di ${provider}`,
    confirmLabel: (provider) => `Eliminare la chiave di ${provider}?`,
    confirmYes: 'Elimina per sempre',
    consequence: 'Le chat che la usano torneranno alla scelta predefinita.',
  },

  threadModels: {
    list: 'Chat con un modello proprio',
    untitled: 'Nuova chat',
    likeOthers: 'Usa il modello abituale',
    likeOthersNamed: (title) => `Usa il modello abituale in “${title}”`,
  },

  tokens: {
    baseUrl: 'URL di base',
    list: 'I tuoi token',
    name: 'Nome del token',
    namePlaceholder: 'A che cosa serve? Per esempio: il mio editor',
    create: 'Crea token',
    copyNow: 'Copia subito il token:',
    shownOnce: 'non verrà più mostrato.',
    done: 'Fatto',
    made: (created) => `Creato: ${formats.moment(created)}`,
    revoke: 'Revoca',
    revokeNamed: (name) => `Revoca ${name}`,
    confirmLabel: (name) => `Revocare ${name}?`,
    confirmYes: 'Revoca per sempre',
  },

  connection: {
    unreachable: 'Non è possibile contattare Keyswitch.',
    broken: 'La connessione si è interrotta.',
    timeout: 'Keyswitch ha impiegato troppo tempo a rispondere.',
    unreadable: 'Keyswitch ha inviato una risposta illeggibile.',
    signInFails: "Al momento l'accesso non funziona.",
    signInRefused: "Il tuo accesso non è stato accettato. Effettua di nuovo l'accesso.",
    signedOut: "Non hai effettuato l'accesso. Accedi.",
    otherUser: "Un'altra persona ha effettuato l'accesso. Riprova.",
    unknown: 'Qualcosa è andato storto. Riprova.',
  },
}
