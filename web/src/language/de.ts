import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('de')

export const de: Labels = {
  common: {
    loading: 'Wird geladen …',
    tryAgain: 'Noch einmal versuchen',
    tryNow: 'Jetzt versuchen',
    tryingAgain: (problem) => `${problem} Neuer Versuch läuft …`,
  },

  chat: {
    region: 'Chat',
    loading: 'Chat wird geladen',
    note: 'Modelle machen Fehler. Deine API-Schlüssel bekommen sie nie zu sehen.',
    placeholder: 'Nachricht schreiben',
    placeholderSignedOut: 'Melde dich an, um zu schreiben',
    closeThreads: 'Liste schließen',
    yourModel: 'Dein Modell:',
    chooseModel: 'Modell wählen',
  },

  welcome: {
    title: 'Worüber möchtest du sprechen?',
    invitation:
      'Hier antwortet das Modell deiner Wahl, mit dem Standardschlüssel oder deinem eigenen. Zum Wechseln genügt jederzeit eine Nachricht.',
    suggestions: [
      'Ich möchte das Modell wechseln',
      'Welches Modell nutze ich?',
      'Verwende Claude mit meinem eigenen Schlüssel',
      'Schreib ein kleines Programm in Python',
    ],
    signedOutTitle: 'Du bist nicht angemeldet',
    signedOut: 'Sobald du dich anmeldest, findest du hier deine Chats und dein Modell.',
    goneTitle: 'Diesen Chat gibt es hier nicht',
    gone: 'Er wurde gelöscht oder gehört zu einem anderen Konto. Mit deiner nächsten Nachricht beginnt ein neuer.',
  },

  threads: {
    list: 'Deine Chats',
    loading: 'Deine Chats werden geladen',
    create: 'Neuer Chat',
    older: 'Ältere Chats',
    delete: (title) => `„${title}“ löschen`,
    confirmLabel: 'Diesen Chat löschen?',
    confirm: 'Diesen Chat endgültig löschen?',
    confirmYes: 'Löschen',
    notDeleted: (problem) => `Der Chat wurde nicht gelöscht. ${problem}`,
  },

  log: {
    conversation: 'Unterhaltung',
    earlier: 'Frühere Nachrichten',
    toEnd: 'Zur letzten Nachricht',
  },

  message: {
    user: 'Du:',
    keyEnding: (hint) => `[API-Schlüssel mit der Endung ${hint}]`,
    notStored: '[Nicht gespeichert: enthielt vielleicht einen API-Schlüssel]',
    assistant: 'Antwort:',
    waiting: 'Warten auf die Antwort',
    copy: 'Antwort kopieren',
    copyOwn: 'Eigene Nachricht kopieren',
    keyswitch: 'Keyswitch',
    stopped: 'Angehalten.',
    incomplete: 'Diese Antwort ist unvollständig.',
    unanswered: 'Diese Nachricht wurde nicht beantwortet.',
    reconnecting: 'Die Verbindung ist abgebrochen. Neuer Versuch läuft …',
  },

  composer: {
    message: 'Nachricht',
    key: 'API-Schlüssel',
    keyPlaceholder: 'API-Schlüssel einfügen',
    hidden: 'Der Schlüssel ist beim Tippen verborgen und bleibt nicht im Chat stehen.',
    looksLikeKey: 'Das sieht nach einem API-Schlüssel aus. Deshalb ist es verborgen und wird nicht gespeichert.',
    send: 'Senden',
    stop: 'Antwort anhalten',
    answers: 'Antworten zur Auswahl',
    suggestions: 'Vorschläge',
    back: 'Zurück',
    cancel: 'Abbrechen',
  },

  markdown: {
    table: 'Tabelle',
    picture: 'Bild',
    copyCode: 'Code kopieren',
  },

  copy: {
    copy: 'Kopieren',
    copied: 'Kopiert',
    blocked: 'Der Browser hat das Kopieren verhindert. Markiere den Text stattdessen.',
  },

  dialog: {
    keep: 'Behalten',
  },

  key: {
    own: 'dein Schlüssel',
    ownEnding: (hint) => `dein Schlüssel ••••${hint}`,
    project: 'Standardschlüssel',
  },

  payer: {
    own: (hint) => `Du zahlst über deinen eigenen Schlüssel ••••${hint}.`,
    app: 'Die App zahlt über den Standardschlüssel.',
  },

  settings: {
    loading: 'Einstellungen werden geladen',
    signedOutTitle: 'Du bist nicht angemeldet.',
    signedOut: 'Sobald du dich anmeldest, richtest du hier dein Modell und deinen Schlüssel ein.',
    change: 'Modell wechseln',
    provider: 'Anbieter',
    defaultOrOwnKey: 'Standardschlüssel oder dein eigener',
    ownKey: 'Dein eigener Schlüssel',
    inUse: 'wird verwendet',
    keys: 'Deine Schlüssel',
    keysHelp: 'Einer pro Anbieter, verschlüsselt gespeichert. Wenn du das Modell wechselst, bleiben sie erhalten.',
    threadModels: 'Chats mit eigenem Modell',
    tokens: 'Persönliche Tokens',
    tokensHelp:
      'Für Programme, die das Protokoll von OpenAI sprechen: Sie senden das Token statt eines API-Schlüssels, und dein Modell antwortet.',
  },

  currentModel: {
    region: 'Dein aktuelles Modell',
    messagesGoTo: 'Deine Nachrichten gehen an',
    none: 'Noch kein Modell',
    chooseOne: 'Wähl unten eins aus.',
    toDefault: 'Zurück zum Standard',
    confirmLabel: 'Bist du sicher?',
    defaultAnswers: 'Dann antwortet wieder das Standardmodell.',
    noneAnswers: 'Dann antwortet kein Modell, bis du eins wählst.',
    deleted: 'Erledigt. Es gilt wieder der Standard.',
  },

  choice: {
    whoPays: 'Wer zahlt',
    defaultKey: 'Standardschlüssel',
    defaultKeyDetail: 'Die App zahlt, bis zu einem Tageslimit',
    ownKey: 'Dein eigener Schlüssel',
    ownKeyDetail: 'Du zahlst an deinen Anbieter, ohne Tageslimit',
    key: (provider) => `API-Schlüssel für ${provider}`,
    keyStored: (hint) => `Gespeichert: ••••${hint}. Leer lassen, um ihn zu behalten`,
    keyBegins: (prefix) => `Beginnt mit ${prefix}`,
    keyPlaceholder: 'Schlüssel einfügen',
    keyHelp: (provider) => `Wird verschlüsselt gespeichert, nur für ${provider} verwendet und nie wieder angezeigt.`,
    getKey: 'Schlüssel holen',
    save: 'Speichern',
    checkAndSave: 'Prüfen und speichern',
    checking: 'Wird geprüft …',
    saved: (warning) => `Gespeichert. ${warning}`,
    answersNow: (provider, modelId, payer) => `Jetzt antwortet ${provider} mit ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} Deine Eingaben sind noch da.`,
    accountId: 'Konto-ID',
    accountMissing: (label) => `Bitte gib diese Angabe zu deinem Konto ein: ${label}.`,
    accountWrong: (label) => `Das ist nicht das Format für „${label}“. Bitte prüf die Eingabe.`,
    keyMissing: (provider) => `Bitte füg deinen API-Schlüssel für ${provider} ein.`,
    modelMissing: 'Bitte wähl ein Modell oder gib seine ID ein.',
  },

  modelField: {
    label: 'Modell',
    example: (modelId) => `Zum Beispiel ${modelId}`,
    all: 'Alle Modelle',
    suggestions: 'Vorschläge',
    looking: 'Modelle werden gesucht …',
    any: 'Du kannst jede Modell-ID eintippen.',
    noneListed: 'Der Anbieter nennt keine Modelle. Du kannst jede Modell-ID eintippen.',
    notListed: 'Die Modellliste ist gerade nicht verfügbar. Du kannst trotzdem jede Modell-ID eintippen.',
    listed: (count, key) => {
      const whose = {
        given: 'deinen Schlüssel',
        stored: 'deinen gespeicherten Schlüssel',
        project: 'den Standardschlüssel',
      }[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'Modell', other: 'Modelle'})}`
      return `${models} für ${whose}. Du kannst auch jede andere ID eintippen.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} Tokens`,
  },

  keys: {
    list: 'Deine Schlüssel',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 Chat mit eigenem Modell',
        other: `${formats.number(threads)} Chats mit eigenem Modell`,
      })
      if (byDefault) return threads > 0 ? `Wird verwendet, auch in ${chats}.` : 'Wird verwendet.'
      return threads > 0 ? `Wird in ${chats} verwendet.` : 'Wird nicht verwendet.'
    },
    saved: (at) => `Gespeichert am ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: 'Der Anbieter hat ihn bei der letzten Prüfung nicht akzeptiert.',
        unknown_account: 'Der Anbieter kannte das Konto bei der letzten Prüfung nicht.',
        no_credit: 'Das Guthaben des Kontos war bei der letzten Prüfung aufgebraucht.',
        unreachable: 'Noch nicht geprüft: Der Anbieter war nicht erreichbar.',
        key_leaked:
          'Der Anbieter hat ihn gesperrt, weil er laut einer Meldung öffentlich geworden ist. Bitte erstell dort einen neuen.',
        key_expired: 'Er ist abgelaufen. Bitte erstell beim Anbieter einen neuen.',
        account_suspended:
          'Der Anbieter hat ihn oder das zugehörige Konto gesperrt. Den Grund findest du dort in deinem Konto.',
        key_restricted:
          'Er ist beim Anbieter so eingeschränkt, dass er hier nicht verwendet werden kann. Bitte ändere dort seine Einschränkungen.',
        api_disabled: 'Für sein Projekt ist die API des Anbieters nicht aktiviert. Bitte aktivier sie dort.',
        region: 'Der Anbieter ist am Standort dieses Servers nicht verfügbar.',
      })[word] ?? '',
    delete: 'Löschen',
    deleteNamed: (provider) => `Schlüssel für ${provider} löschen`,
    confirmLabel: (provider) => `Schlüssel für ${provider} löschen?`,
    confirmYes: 'Endgültig löschen',
    consequence: 'Die Chats, die ihn verwenden, wechseln zum Standard zurück.',
  },

  threadModels: {
    list: 'Chats mit eigenem Modell',
    untitled: 'Neuer Chat',
    likeOthers: 'Übliches Modell verwenden',
    likeOthersNamed: (title) => `In „${title}“ das übliche Modell verwenden`,
  },

  tokens: {
    baseUrl: 'Basis-URL',
    list: 'Deine Tokens',
    name: 'Name des Tokens',
    namePlaceholder: 'Wofür ist es? Zum Beispiel: mein Editor',
    create: 'Token erstellen',
    copyNow: 'Kopier das Token jetzt:',
    shownOnce: 'Es wird nicht noch einmal angezeigt.',
    done: 'Fertig',
    made: (created) => `Erstellt am ${formats.moment(created)}`,
    revoke: 'Widerrufen',
    revokeNamed: (name) => `${name} widerrufen`,
    confirmLabel: (name) => `${name} widerrufen?`,
    confirmYes: 'Endgültig widerrufen',
  },

  connection: {
    unreachable: 'Keyswitch ist nicht erreichbar.',
    broken: 'Die Verbindung ist abgebrochen.',
    timeout: 'Die Verbindung hat zu lange gebraucht.',
    unreadable: 'Die Antwort von Keyswitch ist nicht lesbar.',
    signInFails: 'Die Anmeldung funktioniert gerade nicht.',
    signInRefused: 'Deine Anmeldung wird nicht akzeptiert. Bitte melde dich noch einmal an.',
    signedOut: 'Du bist nicht angemeldet. Bitte melde dich an.',
    otherUser: 'Jemand anderes hat sich angemeldet. Bitte versuch es noch einmal.',
    unknown: 'Etwas ist schiefgegangen. Bitte versuch es noch einmal.',
  },
}
