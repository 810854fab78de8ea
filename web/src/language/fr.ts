import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('fr')

export const fr: Labels = {
  common: {
    loading: 'Chargement…',
    tryAgain: 'Réessayer',
    tryNow: 'Réessayer maintenant',
    tryingAgain: (problem) => `${problem} Nouvelle tentative…`,
  },

  chat: {
    region: 'Conversation',
    loading: 'Chargement de la conversation',
    note: 'Les modèles se trompent parfois. Tes clés API ne leur sont jamais montrées.',
    placeholder: 'Écris un message',
    placeholderSignedOut: 'Connecte-toi pour écrire un message',
    closeThreads: 'Fermer la liste',
    yourModel: 'Ton modèle :',
    chooseModel: 'Choisir un modèle',
  },

  welcome: {
    title: 'De quoi veux-tu parler ?',
    invitation:
      "Ici, c'est le modèle de ton choix qui répond, avec la clé par défaut ou la tienne. Pour changer de modèle, il suffit de le demander.",
    suggestions: [
      'Je voudrais changer de modèle',
      "Quel modèle est-ce que j'utilise ?",
      'Utilise Claude avec ma propre clé API',
      'Écris un petit programme en Python',
    ],
    signedOutTitle: 'Aucun compte connecté',
    signedOut: 'Connecte-toi pour retrouver ici tes conversations et ton modèle.',
    goneTitle: 'Cette conversation est introuvable',
    gone: 'Elle a été supprimée ou appartient à un autre compte. Ton prochain message en commencera une nouvelle.',
  },

  threads: {
    list: 'Tes conversations',
    loading: 'Chargement de tes conversations',
    create: 'Nouvelle conversation',
    older: 'Conversations plus anciennes',
    delete: (title) => `Supprimer « ${title} »`,
    confirmLabel: 'Supprimer cette conversation ?',
    confirm: 'Supprimer définitivement cette conversation ?',
    confirmYes: 'Supprimer',
    notDeleted: (problem) => `La conversation n'a pas été supprimée. ${problem}`,
  },

  log: {
    conversation: 'Conversation',
    earlier: 'Messages précédents',
    toEnd: 'Aller au dernier message',
  },

  message: {
    user: 'Toi :',
    keyEnding: (hint) => `[Clé API se terminant par ${hint}]`,
    notStored: '[Non enregistré : contenait peut-être une clé API]',
    assistant: 'Réponse :',
    waiting: 'En attente de la réponse',
    copy: 'Copier la réponse',
    copyOwn: 'Copier ton message',
    keyswitch: 'Keyswitch',
    stopped: 'Réponse arrêtée.',
    incomplete: 'Cette réponse est incomplète.',
    unanswered: 'Ce message est resté sans réponse.',
    reconnecting: 'La connexion est perdue. Nouvelle tentative…',
  },

  composer: {
    message: 'Message',
    key: 'Clé API',
    keyPlaceholder: 'Colle ta clé API',
    hidden: 'Elle est masquée pendant la saisie et ne reste pas dans la conversation.',
    looksLikeKey: 'Cela ressemble à une clé API : ce texte est donc masqué et ne sera pas enregistré.',
    send: 'Envoyer',
    stop: 'Arrêter la réponse',
    answers: 'Réponses au choix',
    suggestions: 'Suggestions',
    back: 'Retour',
    cancel: 'Annuler',
  },

  markdown: {
    table: 'Tableau',
    picture: 'image',
    copyCode: 'Copier le code',
  },

  copy: {
    copy: 'Copier',
    copied: 'Copié',
    blocked: 'Le navigateur a bloqué la copie. Sélectionne plutôt le texte.',
  },

  dialog: {
    keep: 'Garder',
  },

  key: {
    own: 'ta clé',
    ownEnding: (hint) => `ta clé ••••${hint}`,
    project: 'clé par défaut',
  },

  payer: {
    own: (hint) => `C'est toi qui paies, avec ta propre clé ••••${hint}.`,
    app: "C'est l'application qui paie, avec la clé par défaut.",
  },

  settings: {
    loading: 'Chargement des réglages',
    signedOutTitle: 'Aucun compte connecté.',
    signedOut: 'Connecte-toi pour régler ici ton modèle et ta clé.',
    change: 'Changer de modèle',
    provider: 'Fournisseur',
    defaultOrOwnKey: 'Clé par défaut ou ta propre clé',
    ownKey: 'Ta propre clé',
    inUse: 'utilisé',
    keys: 'Tes clés',
    keysHelp: 'Une par fournisseur, enregistrées chiffrées. Elles restent quand tu changes de modèle.',
    threadModels: 'Conversations avec leur propre modèle',
    tokens: 'Jetons personnels',
    tokensHelp:
      "Pour les programmes qui utilisent le protocole d'OpenAI : ils envoient le jeton à la place d'une clé API, et c'est ton modèle qui répond.",
  },

  currentModel: {
    region: 'Ton modèle actuel',
    messagesGoTo: 'Tes messages vont à',
    none: 'Pas encore de modèle',
    chooseOne: 'Choisis-en un ci-dessous.',
    toDefault: 'Revenir au choix par défaut',
    confirmLabel: 'Tu confirmes ?',
    defaultAnswers: "C'est alors le modèle par défaut qui répondra.",
    noneAnswers: "Plus aucun modèle ne répondra tant que tu n'en auras pas choisi un.",
    deleted: "C'est fait. Le choix par défaut s'applique à nouveau.",
  },

  choice: {
    whoPays: 'Qui paie',
    defaultKey: 'Clé par défaut',
    defaultKeyDetail: "C'est l'application qui paie, avec une limite par jour",
    ownKey: 'Ta propre clé',
    ownKeyDetail: 'Tu paies ton fournisseur, sans limite par jour',
    key: (provider) => `Clé API ${provider}`,
    keyStored: (hint) => `Enregistrée : ••••${hint}. Laisse vide pour la garder`,
    keyBegins: (prefix) => `Commence par ${prefix}`,
    keyPlaceholder: 'Colle ta clé',
    keyHelp: (provider) =>
      `Elle est enregistrée chiffrée, sert uniquement pour ${provider} et n'est plus jamais affichée.`,
    getKey: 'Obtenir une clé',
    save: 'Enregistrer',
    checkAndSave: 'Vérifier et enregistrer',
    checking: 'Vérification…',
    saved: (warning) => `C'est enregistré. ${warning}`,
    answersNow: (provider, modelId, payer) => `C'est maintenant ${provider} qui répond, avec ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} Ce que tu as saisi est toujours là.`,
    accountId: 'ID de compte',
    accountMissing: (label) => `Indique cette information de ton compte : ${label}.`,
    accountWrong: (label) => `Ce n'est pas le format attendu pour « ${label} ». Vérifie ta saisie.`,
    keyMissing: (provider) => `Colle ta clé API ${provider}.`,
    modelMissing: 'Choisis un modèle ou écris son ID.',
  },

  modelField: {
    label: 'Modèle',
    example: (modelId) => `Par exemple ${modelId}`,
    all: 'Tous les modèles',
    suggestions: 'Suggestions',
    looking: 'Recherche des modèles…',
    any: "Tu peux écrire l'ID de n'importe quel modèle.",
    noneListed: "Le fournisseur n'affiche aucun modèle. Tu peux écrire l'ID de n'importe lequel.",
    notListed:
      "La liste des modèles n'est pas disponible pour le moment. Tu peux quand même écrire l'ID de n'importe quel modèle.",
    listed: (count, key) => {
      const whose = {given: 'ta clé', stored: 'ta clé enregistrée', project: 'la clé par défaut'}[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'modèle', other: 'modèles'})}`
      return `${models} pour ${whose}. Tu peux aussi écrire un autre ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} tokens`,
  },

  keys: {
    list: 'Tes clés',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 conversation avec son propre modèle',
        other: `${formats.number(threads)} conversations avec leur propre modèle`,
      })
      if (byDefault) return threads > 0 ? `Utilisée, aussi dans ${chats}.` : 'Utilisée.'
      return threads > 0 ? `Utilisée dans ${chats}.` : 'Non utilisée.'
    },
    saved: (at) => `Enregistrée le ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: "Son fournisseur ne l'a pas acceptée à la dernière vérification.",
        unknown_account: "Son fournisseur n'a pas reconnu le compte à la dernière vérification.",
        no_credit: "Son compte n'avait plus de crédit à la dernière vérification.",
        unreachable: 'Pas encore vérifiée : impossible de joindre son fournisseur.',
        key_leaked:
          "Son fournisseur l'a bloquée, car elle a été signalée comme divulguée. Crées-en une nouvelle sur son site.",
        key_expired: 'Elle a expiré. Crées-en une nouvelle chez son fournisseur.',
        account_suspended:
          'Son fournisseur a suspendu cette clé ou le compte associé. Ton compte sur son site en indique la raison.',
        key_restricted:
          "Chez son fournisseur, elle est soumise à une restriction qui empêche de l'utiliser ici. Modifie cette restriction sur son site.",
        api_disabled: "L'API de son fournisseur n'est pas activée pour le projet de la clé. Active-la sur son site.",
        region: "Son fournisseur n'est pas disponible à l'endroit où se trouve ce serveur.",
      })[word] ?? '',
    delete: 'Supprimer',
    deleteNamed: (provider) => `Supprimer la clé ${provider}`,
    confirmLabel: (provider) => `Supprimer la clé ${provider} ?`,
    confirmYes: 'Supprimer définitivement',
    consequence: "Les conversations qui l'utilisent reviendront au choix par défaut.",
  },

  threadModels: {
    list: 'Conversations avec leur propre modèle',
    untitled: 'Nouvelle conversation',
    likeOthers: 'Utiliser le modèle habituel',
    likeOthersNamed: (title) => `Utiliser le modèle habituel dans « ${title} »`,
  },

  tokens: {
    baseUrl: 'URL de base',
    list: 'Tes jetons',
    name: 'Nom du jeton',
    namePlaceholder: 'À quoi sert-il ? Par exemple : mon éditeur',
    create: 'Créer un jeton',
    copyNow: 'Copie le jeton maintenant :',
    shownOnce: 'il ne sera plus affiché.',
    done: "C'est fait",
    made: (created) => `Créé le ${formats.moment(created)}`,
    revoke: 'Révoquer',
    revokeNamed: (name) => `Révoquer « ${name} »`,
    confirmLabel: (name) => `Révoquer « ${name} » ?`,
    confirmYes: 'Révoquer définitivement',
  },

  connection: {
    unreachable: 'Impossible de joindre Keyswitch.',
    broken: 'La connexion a été coupée.',
    timeout: 'La connexion a pris trop de temps.',
    unreadable: 'Keyswitch a envoyé une réponse illisible.',
    signInFails: 'La connexion à ton compte ne fonctionne pas pour le moment.',
    signInRefused: "Ta connexion n'est pas acceptée. Reconnecte-toi.",
    signedOut: "Aucun compte n'est connecté. Connecte-toi.",
    otherUser: "Quelqu'un d'autre s'est connecté. Réessaie.",
    unknown: "Quelque chose s'est mal passé. Réessaie.",
  },
}
