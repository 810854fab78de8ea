import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('ar')

/** Keeps a name, an id or a key from being reordered with the Arabic text around it. */
const isolated = (text: string) => `\u2068${text}\u2069`

/** The end of a key, which is written from left to right. */
const ending = (hint: string) => `\u2066••••${hint}\u2069`

export const ar: Labels = {
  common: {
    loading: 'جارٍ التحميل…',
    tryAgain: 'حاول مرة أخرى',
    tryNow: 'حاول الآن',
    tryingAgain: (problem) => `${problem} تجري المحاولة مرة أخرى…`,
  },

  chat: {
    region: 'المحادثة',
    loading: 'جارٍ تحميل المحادثة',
    note: 'قد تخطئ النماذج. ولا تُعرض عليها مفاتيح API الخاصة بك أبدًا.',
    placeholder: 'اكتب رسالة',
    placeholderSignedOut: 'سجّل الدخول لكتابة رسالة',
    closeThreads: 'إغلاق القائمة',
    yourModel: 'نموذجك:',
    chooseModel: 'اختر نموذجًا',
  },

  welcome: {
    title: 'عمّ تريد أن تتحدث؟',
    invitation:
      'يجيبك هنا النموذج الذي تفضّله، بالمفتاح الافتراضي أو بمفتاحك الخاص. ويمكنك تغيير النموذج في أي وقت، ويكفي أن تطلب ذلك في رسالة.',
    suggestions: [
      'أريد تغيير النموذج',
      'ما النموذج المستخدم؟',
      'أريد استخدام Claude بمفتاحي الخاص',
      'اكتب برنامجًا صغيرًا بلغة Python',
    ],
    signedOutTitle: 'لم تسجّل الدخول',
    signedOut: 'بعد تسجيل الدخول ستجد هنا محادثاتك ونموذجك.',
    goneTitle: 'هذه المحادثة غير موجودة هنا',
    gone: 'حُذفت أو تخص حسابًا آخر. ستبدأ رسالتك التالية محادثة جديدة.',
  },

  threads: {
    list: 'محادثاتك',
    loading: 'جارٍ تحميل محادثاتك',
    create: 'محادثة جديدة',
    older: 'محادثات أقدم',
    delete: (title) => `حذف «${isolated(title)}»`,
    confirmLabel: 'هل تريد حذف هذه المحادثة؟',
    confirm: 'هل تريد حذف هذه المحادثة نهائيًا؟',
    confirmYes: 'حذف',
    notDeleted: (problem) => `لم تُحذف المحادثة. ${problem}`,
  },

  log: {
    conversation: 'المحادثة',
    earlier: 'الرسائل السابقة',
    toEnd: 'إلى آخر رسالة',
  },

  message: {
    user: 'أنت:',
    keyEnding: (hint) => `[مفتاح API ينتهي بـ ⁨${hint}⁩]`,
    notStored: '[لم تُحفظ: ربما احتوت على مفتاح API]',
    assistant: 'الإجابة:',
    waiting: 'في انتظار الإجابة',
    copy: 'نسخ الإجابة',
    copyOwn: 'نسخ رسالتك',
    keyswitch: 'Keyswitch',
    stopped: 'أُوقفت الإجابة.',
    incomplete: 'هذه الإجابة غير مكتملة.',
    unanswered: 'لم تتلقَّ هذه الرسالة ردًّا.',
    reconnecting: 'انقطع الاتصال. تجري المحاولة مرة أخرى…',
  },

  composer: {
    message: 'الرسالة',
    key: 'مفتاح API',
    keyPlaceholder: 'الصق مفتاح API الخاص بك',
    hidden: 'يبقى مخفيًا أثناء الكتابة ولا يُحفظ في المحادثة.',
    looksLikeKey: 'يبدو أن هذا مفتاح API، لذلك أُخفي ولن يُحفظ.',
    send: 'إرسال',
    stop: 'إيقاف الإجابة',
    answers: 'إجابات للاختيار',
    suggestions: 'اقتراحات',
    back: 'رجوع',
    cancel: 'إلغاء',
  },

  markdown: {
    table: 'جدول',
    picture: 'صورة',
    copyCode: 'نسخ الكود',
  },

  copy: {
    copy: 'نسخ',
    copied: 'تم النسخ',
    blocked: 'منع المتصفح النسخ. حدّد النص وانسخه بنفسك.',
  },

  dialog: {
    keep: 'إبقاء',
  },

  key: {
    own: 'مفتاحك',
    ownEnding: (hint) => `مفتاحك ${ending(hint)}`,
    project: 'المفتاح الافتراضي',
  },

  payer: {
    own: (hint) => `أنت تدفع عبر مفتاحك الخاص ${ending(hint)}.`,
    app: 'يدفع التطبيق عبر المفتاح الافتراضي.',
  },

  settings: {
    loading: 'جارٍ تحميل الإعدادات',
    signedOutTitle: 'لم تسجّل الدخول.',
    signedOut: 'بعد تسجيل الدخول يمكنك هنا ضبط نموذجك ومفتاحك.',
    change: 'تغيير النموذج',
    provider: 'المزوّد',
    defaultOrOwnKey: 'المفتاح الافتراضي أو مفتاحك',
    ownKey: 'مفتاحك الخاص',
    inUse: 'قيد الاستخدام',
    keys: 'مفاتيحك',
    keysHelp: 'مفتاح واحد لكل مزوّد، يُحفظ مشفّرًا. وتبقى المفاتيح محفوظة عند تغيير النموذج.',
    threadModels: 'محادثات لها نموذج خاص بها',
    tokens: 'الرموز الشخصية',
    tokensHelp: 'للبرامج التي تستخدم بروتوكول OpenAI: ترسل الرمز بدلًا من مفتاح API، فيجيب نموذجك.',
  },

  currentModel: {
    region: 'نموذجك الحالي',
    messagesGoTo: 'تذهب رسائلك إلى',
    none: 'لا يوجد نموذج بعد',
    chooseOne: 'اختر نموذجًا أدناه.',
    toDefault: 'العودة إلى الإعداد الافتراضي',
    confirmLabel: 'هل تريد المتابعة؟',
    defaultAnswers: 'سيجيبك بعد ذلك النموذج الافتراضي.',
    noneAnswers: 'لن يجيبك بعد ذلك أي نموذج حتى تختار واحدًا.',
    deleted: 'تم. عاد الإعداد الافتراضي.',
  },

  choice: {
    whoPays: 'من يدفع',
    defaultKey: 'المفتاح الافتراضي',
    defaultKeyDetail: 'يدفع التطبيق، مع حد يومي',
    ownKey: 'مفتاحك الخاص',
    ownKeyDetail: 'تدفع للمزوّد مباشرة، من دون حد يومي',
    key: (provider) => `مفتاح API لدى ${isolated(provider)}`,
    keyStored: (hint) => `محفوظ: ${ending(hint)}. اترك الحقل فارغًا للإبقاء عليه`,
    keyBegins: (prefix) => `يبدأ بـ ${isolated(prefix)}`,
    keyPlaceholder: 'الصق مفتاحك',
    keyHelp: (provider) => `يُحفظ مشفّرًا، ويُستخدم مع ${isolated(provider)} فقط، ولا يُعرض مرة أخرى أبدًا.`,
    getKey: 'احصل على مفتاح',
    save: 'حفظ',
    checkAndSave: 'التحقق والحفظ',
    checking: 'جارٍ التحقق…',
    saved: (warning) => `تم الحفظ. ${warning}`,
    answersNow: (provider, modelId, payer) => `يجيب الآن ${isolated(provider)} بالنموذج ${isolated(modelId)}. ${payer}`,
    stillHere: (problem) => `${problem} لا يزال ما كتبته هنا.`,
    accountId: 'معرّف الحساب',
    accountMissing: (label) => `يُرجى إدخال ${isolated(label)}.`,
    accountWrong: (label) => `لا تبدو هذه القيمة صحيحة للحقل «${isolated(label)}». يُرجى التحقق منها.`,
    keyMissing: (provider) => `يُرجى لصق مفتاح API الخاص بك لدى ${isolated(provider)}.`,
    modelMissing: 'يُرجى اختيار نموذج أو كتابة معرّفه.',
  },

  modelField: {
    label: 'النموذج',
    example: (modelId) => `مثلًا ${isolated(modelId)}`,
    all: 'كل النماذج',
    suggestions: 'اقتراحات',
    looking: 'جارٍ البحث عن النماذج…',
    any: 'يمكنك كتابة معرّف أي نموذج.',
    noneListed: 'لا يعرض المزوّد قائمة بالنماذج. يمكنك كتابة معرّف أي نموذج.',
    notListed: 'قائمة النماذج غير متاحة الآن. يمكنك مع ذلك كتابة معرّف أي نموذج.',
    listed: (count, key) => {
      const whose = {given: 'لمفتاحك', stored: 'لمفتاحك المحفوظ', project: 'للمفتاح الافتراضي'}[key]
      const number = formats.number(count)
      const models = formats.plural(count, {
        zero: 'لا نماذج متاحة',
        one: 'نموذج واحد متاح',
        two: 'نموذجان متاحان',
        few: `${number} نماذج متاحة`,
        many: `${number} نموذجًا متاحًا`,
        other: `${number} نموذج متاح`,
      })
      return `${models} ${whose}. ويمكنك كتابة أي معرّف آخر.`
    },
    contextWindow: (tokens) => `نافذة السياق: ${isolated(formats.compact(tokens))} رمز`,
  },

  keys: {
    list: 'مفاتيحك',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const number = formats.number(threads)
      const chats = formats.plural(threads, {
        one: 'محادثة واحدة لها نموذج خاص بها',
        two: 'محادثتين لكل منهما نموذجها الخاص',
        few: `${number} محادثات لها نماذج خاصة بها`,
        other: `${number} محادثة لها نماذج خاصة بها`,
      })
      if (byDefault) return threads > 0 ? `قيد الاستخدام، وكذلك في ${chats}.` : 'قيد الاستخدام.'
      return threads > 0 ? `قيد الاستخدام في ${chats}.` : 'غير مستخدم.'
    },
    saved: (at) => `حُفظ في ${isolated(formats.moment(at))}.`,
    verdict: (word) =>
      ({
        invalid: 'لم يقبله المزوّد عند آخر تحقق.',
        unknown_account: 'لم يُعثر لدى المزوّد على الحساب عند آخر تحقق.',
        no_credit: 'كان رصيد الحساب قد نفد عند آخر تحقق.',
        unreachable: 'لم يُتحقق منه بعد: تعذّر الاتصال بالمزوّد.',
        key_leaked: 'أوقفه المزوّد بعد الإبلاغ عن تسرّبه. يُرجى إنشاء مفتاح جديد هناك.',
        key_expired: 'انتهت صلاحيته. يُرجى إنشاء مفتاح جديد لدى المزوّد.',
        account_suspended: 'أوقف المزوّد هذا المفتاح أو الحساب التابع له. ستجد السبب في حسابك هناك.',
        key_restricted: 'عليه قيد لدى المزوّد يمنع استخدامه هنا. يُرجى تغيير هذا القيد هناك.',
        api_disabled: 'واجهة API لدى المزوّد غير مفعّلة في مشروع هذا المفتاح. يُرجى تفعيلها هناك.',
        region: 'خدمة المزوّد غير متاحة في المكان الذي يعمل فيه هذا الخادم.',
      })[word] ?? '',
    delete: 'حذف',
    deleteNamed: (provider) => `حذف مفتاح ${isolated(provider)}`,
    confirmLabel: (provider) => `هل تريد حذف مفتاح ${isolated(provider)}؟`,
    confirmYes: 'حذف نهائي',
    consequence: 'ستعود المحادثات التي تستخدمه إلى الإعداد الافتراضي.',
  },

  threadModels: {
    list: 'محادثات لها نموذج خاص بها',
    untitled: 'محادثة جديدة',
    likeOthers: 'استخدام النموذج المعتاد',
    likeOthersNamed: (title) => `استخدام النموذج المعتاد في «${isolated(title)}»`,
  },

  tokens: {
    baseUrl: 'عنوان URL الأساسي',
    list: 'رموزك',
    name: 'اسم الرمز',
    namePlaceholder: 'ما الغرض منه؟ مثلًا: محرّر النصوص',
    create: 'إنشاء رمز',
    copyNow: 'انسخ الرمز الآن:',
    shownOnce: 'لن يُعرض مرة أخرى.',
    done: 'تم',
    made: (created) => `أُنشئ في ${isolated(formats.moment(created))}`,
    revoke: 'إبطال الرمز',
    revokeNamed: (name) => `إبطال الرمز «${isolated(name)}»`,
    confirmLabel: (name) => `هل تريد إبطال الرمز «${isolated(name)}»؟`,
    confirmYes: 'إبطال نهائي',
  },

  connection: {
    unreachable: 'تعذّر الاتصال بـ Keyswitch.',
    broken: 'انقطع الاتصال.',
    timeout: 'انتهت مهلة الاتصال.',
    unreadable: 'وصل من Keyswitch رد لا يمكن قراءته.',
    signInFails: 'تسجيل الدخول لا يعمل الآن.',
    signInRefused: 'لم يُقبل تسجيل دخولك. يُرجى تسجيل الدخول مرة أخرى.',
    signedOut: 'لم تسجّل الدخول. يُرجى تسجيل الدخول.',
    otherUser: 'تم تسجيل الدخول بحساب مستخدم آخر. يُرجى المحاولة مرة أخرى.',
    unknown: 'حدث خطأ ما. يُرجى المحاولة مرة أخرى.',
  },
}
