package io.keyswitch.conversation;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sentences that are requests. Each pattern matches a whole sentence, lower-cased and without final punctuation; what a
 * sentence names stands in its group {@code rest}. In the alternatives below a line or a bar ends one, and a blank stands
 * for a blank.
 */
final class Grammar {
    /** What may stand before a request without changing it. */
    private static final String OPENING = "(?:"
            + anyOf(
                    "hey | hi | hello | ok | okay | yes | yeah | no | well | so | please | pls | actually | now | also | and"
                            + "| then | alright | sorry | hm+")
            + "\\b[ ,!.]*)*(?:"
            + anyOf("you're | you are | this is | this one is | this model is | it's | it is")
            + " (?:too |so |very |really |just )*"
            + anyOf("slow | bad | boring | expensive | dumb | stupid | weak | limited | not good enough")
            + "[,.!;]* )?(?:please )?";

    /** What may stand behind it. */
    private static final String CLOSING = "(?:[ ,]+" + anyOf("""
                please | pls | now | thanks | thank you | again | instead | today | here | then | right now | for now
                if possible | if i may | for me | from now on
                (?:for|in) (?:this|my|our|the) (?:chat|conversation)
                (?:(?:that|which) )?(?:you|i|we|this chat|this app)(?:'re| are|'m| am)? (?:use|using|uses)
                """) + ")*";

    /** How people lead up to what they want. */
    private static final String WISH = "(?:" + anyOf("""
                (?:can|could|would|will|may) (?:you|i|we) (?:please |kindly |maybe )?(?:help me (?:to )?)?
                (?:would|do) you mind\\s
                (?:i|we) (?:just )?(?:want|wish|need|wanted|would like|would love|would prefer|have)(?: you)? to\\s
                (?:i|we)'d (?:like|love|prefer) (?:you )?to\\s
                (?:i'm|i am) (?:trying|ready|going|looking) to\\s
                i wanna\\s | let me\\s | let's\\s | let us\\s | help me (?:to )? | how to\\s | where (?:can|do) i\\s
                how (?:can|do|could|would) (?:i|we|you)\\s
                is it possible (?:for me )?to\\s | is there (?:a|any) way to\\s | it's time to\\s
                (?:show|tell) me how (?:to|i can)\\s | please\\s | kindly\\s
                """) + ")?(?:please )?";

    private static final String KINDS =
            anyOf("ai | llm | language | chat | chatbot | assistant | assistant's | large language");
    private static final String BETTER =
            anyOf("different | another | new | other | better | faster | cheaper | smarter | newer");
    private static final String MY = "(?:my|the|your|our)";

    /** Whatever may be changed by the name of "model". */
    private static final String THE_MODEL = "(?:"
            + anyOf(
                    "my | the | your | our | this | that | which | what | a | an | another | different | new | other | current | to"
                            + "| used | chat's | whole")
            + " )*(?:" + KINDS + " )*"
            + anyOf("""
                models? | llms? | provider
                (?:ai|llm|model|chat) (?:provider|model|settings|config|configuration) | model (?:id|choice)
                """);

    private static final String CHANGE = anyOf("""
                chang(?:e|ing) | switch(?:ing)? | swap(?:ping)? | replac(?:e|ing) | updat(?:e|ing) | set up | setup | set
                configure | reconfigure | choose | pick | select | edit | adjust | modify
                """) + "(?: (?:out|over|between|around|up))?";
    private static final String USE_VERBS = anyOf("""
                us(?:e|ing) | try out | try | talk to | chat with | go with | work with | set up | set | connect | pick
                choose | select
                """);
    private static final String SWITCH_TO_VERBS =
            "(?:switch|chang|swap|mov)(?:e|ping|ing)?(?: me| this chat| my chat| us| it)?(?: over)? to";

    /** "A different model", naming none. */
    static final Pattern OTHER_MODEL = Pattern.compile("(?:(?:a|an|some|the) )?" + BETTER + " (?:" + KINDS
            + " )*(?:model|llm|ai|(?:ai |llm |model )?provider)(?: than this(?: one)?)?");

    /** "Something else", where a model was spoken of. */
    static final Pattern SOMETHING_ELSE =
            Pattern.compile("something (?:else|" + BETTER + ")|(?:a|an|some) " + BETTER + " one|another(?: one)?");

    static final Pattern CHANGE_MODEL = sentence(
            WISH + CHANGE + " " + THE_MODEL
                    + "(?: (?:that |who )?(?:answers|answering|replies to|talks to|(?:i|i'm|i am) talk(?:ing)? to)(?: me| us)?)?");
    static final Pattern CHANGE_MODEL_TO =
            sentence(WISH + CHANGE + " " + THE_MODEL + " (?:to|for|into|with|from [^ ]+ to)(?: use| be)? (?<rest>.+?)");
    static final Pattern USE_OTHER = sentence("(?:" + WISH + "(?:" + USE_VERBS + "|have|get|" + SWITCH_TO_VERBS + ") "
            + "|(?:i|we) (?:want|need|would like) |i'd like |)" + OTHER_MODEL.pattern());
    static final Pattern SWITCH_TO = sentence(WISH + SWITCH_TO_VERBS + " (?<rest>.+?)");
    static final Pattern USE = sentence(WISH + USE_VERBS + " (?<rest>.+?)");
    static final Pattern LET_ANSWER = sentence("let (?<rest>.+?) (?:answer|reply|respond)(?: to)?(?: me| us)?");
    static final Pattern COMMAND = Pattern.compile("/(?:model|provider|key)s?(?: (?<rest>.+))?");

    private static final String OWN_KEY = "(?:my own|(?:(?:my|a|an|the) )?"
            + "(?:own |personal |new |different |other |stored |saved )*(?:(?:api|llm|model|ai) )*(?:keys?|token|credentials))";
    static final Pattern USE_OWN_KEY = sentence(WISH
            + anyOf(
                    "use | bring | add | enter | set up | set | change | update | replace | provide | give you | save | store"
                            + "| connect | register")
            + "(?: in| up)? " + OWN_KEY + "(?: (?:for|with|from|of|to) (?<rest>.+?))?");

    /** The key alone, as what to switch to. */
    static final Pattern MY_KEY = Pattern.compile("my (?:own )?(?:api )?key|my own");

    /** This chat, as what the own key is for. */
    static final Pattern THIS_CHAT =
            Pattern.compile("this|(?:this |the |my |our )?(?:chat|conversation|app|models?|ai)");

    private static final String THE_DEFAULT = "(?:" + MY + " )?(?:(?:project|app)(?:'s)? |standard )?defaults?"
            + "(?: (?:one|key|models?|provider|settings|ai|model settings|ai model))?";
    static final Pattern USE_DEFAULT = sentence(WISH + "(?:"
            + "(?:go|switch|change|move|revert|return|reset|get|come)(?: me| my model| it| everything)? (?:back )?to"
            + "|put (?:me|it|us|this chat|my chat) back (?:on|to)|use|take|back to|restore) " + THE_DEFAULT
            + "(?: again)?");
    static final Pattern WANT_DEFAULT =
            sentence("(?:i|we) (?:want|need|would like|'d like) " + THE_DEFAULT + "(?: back)?");
    static final Pattern RESET = sentence(
            WISH
                    + "reset (?:my |the )?(?:ai |chat )?(?:model|provider|model settings|model config)(?: to (?:the )?default)?");

    private static final String AM_I = anyOf(
            "am i | are you | are we | is this chat | is this | is it | do i | do you | do we | is currently | is now"
                    + "| is being | is | i'm | i am | you're | you are | we are | we're | this is");
    private static final String USING = anyOf("""
                used | use | using | on | in use | running on | running | talking to | talking with | chatting with
                based on | powered by | set to | selected | active | connected to | answering(?: me)?
                """);
    static final Pattern WHICH = sentence("(?:(?:can|could) you tell me |tell me |show me |do you know |i wonder )?(?:"
            + "(?:which|what)(?: (?:kind|type|sort) of)? (?:" + KINDS + " )*(?:model|llm|ai provider|provider|ai) "
            + "(?:" + AM_I + "(?: (?:now|currently|right now|actually))?(?: " + USING + ")*|answers me)"
            + "|(?:what's|what is|whats|which is|show) " + MY + "(?: current| active| selected)* (?:" + KINDS
            + " )*(?:model|llm|provider|ai provider|model config|model settings)"
            + "|(?:which|what|whose) (?:api )?key " + AM_I + "(?: (?:using|use|used|being used|paying))?"
            + "|whose (?:api )?key pays"
            + "|(?:am i|are you|are we|is this chat) using my (?:own )?(?:api )?key(?: or (?:the|your) default(?: one| key)?)?"
            + "|who (?:is )?pay(?:s|ing) for (?:this|this chat|my messages|the model|this model)"
            + ")(?: (?:now|currently|right now|at the moment))?");

    /** The question for what is in use, cut short. */
    static final Pattern WHICH_ALONE = Pattern.compile("(?:which|what) (?:" + KINDS + " )*(?:model|llm|provider)");

    /** The group {@code rest} is the provider whose key is meant, if one is named. */
    static final Pattern FORGET = sentence(WISH
            + anyOf("forget | delete | remove | erase | clear | drop | wipe | revoke | throw away | get rid of")
            + " (?:all )?(?:of )?(?:my|the) (?:own |stored |saved |personal )*(?:(?!(?:api|llm|ai|model) )(?<rest>[^,]{2,40}?) )?"
            + "(?:(?:api|llm|ai|model) )*keys?(?: (?:that )?you(?: have|'ve)? (?:stored|saved)(?: for me)?)?"
            + "(?: (?:for|from|of) (?:this|this chat|here|keyswitch|the (?:chat|app|server)"
            + "|your (?:servers?|database|memory|storage|system|records)))?");

    /** A model id inside a sentence: it holds a digit or joins its parts, as words of prose seldom do. */
    static final Pattern MODEL_TOKEN = Pattern.compile("(?=.*[0-9/@:]|.*[a-z]-[a-z])[a-z0-9@][^\\s,;]{1,127}");

    /** Models known by a name that is not a provider's. */
    static final Pattern MODEL_FAMILY =
            Pattern.compile("(?:llama|qwen|mixtral|kimi|gemma|phi|grok|glm|nemotron)(?: ?v?[0-9.]+)?");

    /** The beginning of an id of such a model. */
    static final Pattern MODEL_FAMILY_ID =
            Pattern.compile("(?i)(?:llama|qwen|mixtral|kimi|gemma|phi|grok|glm|nemotron)[0-9.]*[-/:]");

    /** Words that tell a provider's models apart: "sonnet 4.5" behind "claude". */
    static final Pattern FAMILY = Pattern.compile("(?: (?:"
            + anyOf(
                    "sonnet | opus | haiku | flash | pro | mini | nano | turbo | lite | preview | thinking | large | small"
                            + "| medium | latest")
            + "|v?[0-9]+(?:\\.[0-9]+)?[a-z]?)){1,3}");

    /** A provider and a model, in one order or the other. */
    static final Pattern PAIR = Pattern.compile("(?<first>[^,]+?)(?:,\\s*|\\s+)"
            + "(?:(?:with|using|and|on|from|by|at|via)\\s+)?(?:the\\s+)?(?:model\\s+)?(?<last>[^\\s,]+)");

    /** "… as my provider", which adds nothing to what stands before it. */
    static final Pattern ROLE =
            Pattern.compile(" (?:as|for) " + MY + " (?:(?:ai|llm|chat|model) )*(?:model|provider|llm|ai|assistant)$");

    /** Whose key, said behind the provider: the groups {@code own} and {@code project}. */
    static final Pattern WHOSE_KEY =
            Pattern.compile("(?:,? ?(?:and|but|with|using|on|via|through|by|paid by|paying with))*,? ?"
                    + "(?:(?<own>(?:my |an? )?own(?: api)?(?: key)?|my(?: api)? key)"
                    + "|(?<project>(?:the |your |its )?(?:default|project)(?:'s)?(?: api)?(?: key)?|your key|no key"
                    + "|without (?:an? |my )?(?:own )?(?:api )?key(?: of my own)?))$");

    private Grammar() {}

    private static String anyOf(String alternatives) {
        return Arrays.stream(alternatives.split("[|\\n](?![^(]*\\))", -1))
                .map(String::strip)
                .filter(alternative -> !alternative.isEmpty())
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    private static Pattern sentence(String core) {
        return Pattern.compile(OPENING + core + CLOSING);
    }
}
