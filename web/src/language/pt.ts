import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('pt')

export const pt: Labels = {
  common: {
    loading: 'Carregando…',
    tryAgain: 'Tentar de novo',
    tryNow: 'Tentar agora',
    tryingAgain: (problem) => `${problem} Tentando de novo…`,
  },

  chat: {
    region: 'Chat',
    loading: 'Carregando a conversa',
    note: 'Os modelos podem errar. As suas chaves de API nunca são mostradas a eles.',
    placeholder: 'Escreva uma mensagem',
    placeholderSignedOut: 'Faça login para escrever uma mensagem',
    closeThreads: 'Fechar a lista',
    yourModel: 'O seu modelo:',
    chooseModel: 'Escolher um modelo',
  },

  welcome: {
    title: 'Sobre o que você gostaria de conversar?',
    invitation:
      'Aqui quem responde é o modelo que você preferir, com a chave padrão ou com a sua. Você pode trocar quando quiser: é só escrever.',
    suggestions: [
      'Quero trocar de modelo',
      'Qual modelo estou usando?',
      'Usar o Claude com a minha própria chave',
      'Escreva um pequeno programa em Python',
    ],
    signedOutTitle: 'Você não fez login',
    signedOut: 'Depois do login, os seus chats e o seu modelo aparecem aqui.',
    goneTitle: 'Este chat não está aqui',
    gone: 'Ele foi apagado ou pertence a outra conta. A sua próxima mensagem começa um novo.',
  },

  threads: {
    list: 'Os seus chats',
    loading: 'Carregando os seus chats',
    create: 'Novo chat',
    older: 'Chats mais antigos',
    delete: (title) => `Apagar “${title}”`,
    confirmLabel: 'Apagar este chat?',
    confirm: 'Apagar este chat para sempre?',
    confirmYes: 'Apagar',
    notDeleted: (problem) => `O chat não foi apagado. ${problem}`,
  },

  log: {
    conversation: 'Conversa',
    earlier: 'Mensagens anteriores',
    toEnd: 'Ir para a última mensagem',
  },

  message: {
    user: 'Você:',
    keyEnding: (hint) => `[Chave de API terminada em ${hint}]`,
    notStored: '[Não guardada: talvez contivesse uma chave de API]',
    assistant: 'Resposta:',
    waiting: 'Aguardando a resposta',
    copy: 'Copiar a resposta',
    copyOwn: 'Copiar a sua mensagem',
    keyswitch: 'Keyswitch',
    stopped: 'Resposta interrompida.',
    incomplete: 'Esta resposta está incompleta.',
    unanswered: 'Esta mensagem não foi respondida.',
    reconnecting: 'A conexão caiu. Tentando de novo…',
  },

  composer: {
    message: 'Mensagem',
    key: 'Chave de API',
    keyPlaceholder: 'Cole a sua chave de API',
    hidden: 'Fica oculta enquanto você escreve e não permanece na conversa.',
    looksLikeKey: 'Isto parece uma chave de API, por isso está oculto e não será guardado.',
    send: 'Enviar',
    stop: 'Interromper a resposta',
    answers: 'Respostas para escolher',
    suggestions: 'Sugestões',
    back: 'Voltar',
    cancel: 'Cancelar',
  },

  markdown: {
    table: 'Tabela',
    picture: 'imagem',
    copyCode: 'Copiar o código',
  },

  copy: {
    copy: 'Copiar',
    copied: 'Copiado',
    blocked: 'O navegador não permitiu copiar. Selecione o texto e copie manualmente.',
  },

  dialog: {
    keep: 'Manter',
  },

  key: {
    own: 'a sua chave',
    ownEnding: (hint) => `a sua chave ••••${hint}`,
    project: 'chave padrão',
  },

  payer: {
    own: (hint) => `Você paga, com a sua própria chave ••••${hint}.`,
    app: 'O app paga, com a chave padrão.',
  },

  settings: {
    loading: 'Carregando as configurações',
    signedOutTitle: 'Você não fez login.',
    signedOut: 'Depois do login, você configura aqui o seu modelo e a sua chave.',
    change: 'Trocar de modelo',
    provider: 'Provedor',
    defaultOrOwnKey: 'Chave padrão ou a sua',
    ownKey: 'A sua própria chave',
    inUse: 'em uso',
    keys: 'As suas chaves',
    keysHelp: 'Uma por provedor, sempre guardada com criptografia. Todas continuam aqui quando você troca de modelo.',
    threadModels: 'Chats com modelo próprio',
    tokens: 'Tokens pessoais',
    tokensHelp:
      'Para programas que usam o protocolo da OpenAI: eles enviam o token no lugar de uma chave de API, e o seu modelo responde.',
  },

  currentModel: {
    region: 'O seu modelo atual',
    messagesGoTo: 'As suas mensagens vão para',
    none: 'Ainda nenhum modelo',
    chooseOne: 'Escolha um abaixo.',
    toDefault: 'Voltar ao padrão',
    confirmLabel: 'Tem certeza?',
    defaultAnswers: 'A partir daí, o modelo padrão responde.',
    noneAnswers: 'A partir daí, nenhum modelo responde até você escolher um.',
    deleted: 'Pronto. O padrão voltou a ser usado.',
  },

  choice: {
    whoPays: 'Quem paga',
    defaultKey: 'Chave padrão',
    defaultKeyDetail: 'O app paga, com um limite diário',
    ownKey: 'A sua própria chave',
    ownKeyDetail: 'Você paga ao seu provedor, sem limite diário',
    key: (provider) => `Chave de API de ${provider}`,
    keyStored: (hint) => `Guardada: ••••${hint}. Deixe vazio para mantê-la`,
    keyBegins: (prefix) => `Começa com ${prefix}`,
    keyPlaceholder: 'Cole a sua chave',
    keyHelp: (provider) => `Ela é guardada com criptografia, usada só para ${provider} e nunca mais exibida.`,
    getKey: 'Obter uma chave',
    save: 'Salvar',
    checkAndSave: 'Verificar e salvar',
    checking: 'Verificando…',
    saved: (warning) => `Salvo. ${warning}`,
    answersNow: (provider, modelId, payer) => `Agora ${provider} responde, com ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} O que você escreveu continua aqui.`,
    accountId: 'ID da conta',
    accountMissing: (label) => `Informe este dado da sua conta, por favor: ${label}.`,
    accountWrong: (label) => `Isso não tem o formato de “${label}”. Confira, por favor.`,
    keyMissing: (provider) => `Cole a sua chave de API de ${provider}, por favor.`,
    modelMissing: 'Escolha um modelo ou escreva o ID dele, por favor.',
  },

  modelField: {
    label: 'Modelo',
    example: (modelId) => `Por exemplo, ${modelId}`,
    all: 'Todos os modelos',
    suggestions: 'Sugestões',
    looking: 'Procurando os modelos…',
    any: 'Você pode escrever o ID de qualquer modelo.',
    noneListed: 'O provedor não mostra nenhum modelo. Você pode escrever o ID de qualquer um.',
    notListed:
      'A lista de modelos não está disponível no momento. Mesmo assim, você pode escrever o ID de qualquer modelo.',
    listed: (count, key) => {
      const whose = {given: 'a sua chave', stored: 'a sua chave guardada', project: 'a chave padrão'}[key]
      const models = `${formats.number(count)} ${formats.plural(count, {one: 'modelo', other: 'modelos'})}`
      return `${models} com ${whose}. Você também pode escrever qualquer outro ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} tokens`,
  },

  keys: {
    list: 'As suas chaves',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = formats.plural(threads, {
        one: '1 chat com modelo próprio',
        other: `${formats.number(threads)} chats com modelo próprio`,
      })
      if (byDefault) return threads > 0 ? `Em uso, também em ${chats}.` : 'Em uso.'
      return threads > 0 ? `Em uso em ${chats}.` : 'Não está em uso.'
    },
    saved: (at) => `Guardada em ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: 'O provedor não a aceitou na última verificação.',
        unknown_account: 'O provedor não reconheceu a conta na última verificação.',
        no_credit: 'A conta estava sem créditos na última verificação.',
        unreachable: 'Ainda não verificada: não foi possível se conectar ao provedor.',
        key_leaked: 'O provedor a bloqueou porque recebeu um aviso de que ela foi exposta. Crie uma nova no site dele.',
        key_expired: 'Ela expirou. Crie uma nova no site do provedor.',
        account_suspended:
          'O provedor suspendeu a chave ou a conta à qual ela pertence. Veja o motivo na sua conta, no site dele.',
        key_restricted: 'No provedor, ela tem uma restrição que impede o uso aqui. Mude isso no site do provedor.',
        api_disabled: 'A API do provedor não está ativada no projeto da chave. Ative-a no site dele.',
        region: 'O provedor não está disponível na região deste servidor.',
      })[word] ?? '',
    delete: 'Apagar',
    deleteNamed: (provider) => `Apagar a chave de ${provider}`,
    confirmLabel: (provider) => `Apagar a chave de ${provider}?`,
    confirmYes: 'Apagar para sempre',
    consequence: 'Os chats que a usam voltam ao padrão.',
  },

  threadModels: {
    list: 'Chats com modelo próprio',
    untitled: 'Novo chat',
    likeOthers: 'Usar o modelo habitual',
    likeOthersNamed: (title) => `Usar o modelo habitual em “${title}”`,
  },

  tokens: {
    baseUrl: 'URL base',
    list: 'Os seus tokens',
    name: 'Nome do token',
    namePlaceholder: 'Para que serve? Por exemplo: meu editor',
    create: 'Criar token',
    copyNow: 'Copie o token agora:',
    shownOnce: 'ele não será exibido de novo.',
    done: 'Pronto',
    made: (created) => `Criado em ${formats.moment(created)}`,
    revoke: 'Revogar',
    revokeNamed: (name) => `Revogar ${name}`,
    confirmLabel: (name) => `Revogar ${name}?`,
    confirmYes: 'Revogar para sempre',
  },

  connection: {
    unreachable: 'Não foi possível se conectar ao Keyswitch.',
    broken: 'A conexão foi interrompida.',
    timeout: 'A conexão demorou demais.',
    unreadable: 'O Keyswitch enviou uma resposta que não dá para ler.',
    signInFails: 'O login não está funcionando no momento.',
    signInRefused: 'O seu login não foi aceito. Faça login de novo, por favor.',
    signedOut: 'Você não fez login. Faça login, por favor.',
    otherUser: 'Outra pessoa fez login. Tente de novo, por favor.',
    unknown: 'Algo deu errado. Tente de novo, por favor.',
  },
}
