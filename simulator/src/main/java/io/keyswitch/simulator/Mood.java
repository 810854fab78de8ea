package io.keyswitch.simulator;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The tone of a message, detected by keywords, and its three possible answers. */
enum Mood {
    GREETING(
            "^\\W*(hi|hello|hey|good (morning|evening|afternoon)|hallo|moin)\\b[^.?]{0,20}$",
            """
            Hello, and welcome back to your journal. I've put the kettle on, in a manner of speaking. How did today \
            treat you?\
            """,
            "Hi there! The page is open and nobody is in a hurry. What is the first thing that comes to mind?",
            "Good to see you. Shall we start with **one small thing** from today, or with whatever is loudest?"),
    CODING("\\b(code|program|python|markdown)\\b", """
            Nobody asks a journal for code, so I have practised in secret:

            ```python
            def evening(pages, minutes=10):
                \"\"\"Writes until the tea is cold.\"\"\"
                for line in range(minutes):
                    pages.append(f"line {line + 1}: still here")
                return pages
            ```

            1. `pages` is whatever you have at hand
            2. `minutes` may be **small**: one is enough to begin

            | minutes | what comes of it |
            |--------:|------------------|
            |       1 | a first line     |
            |      10 | a page           |
            """, """
            ### A habit, as a script

            ```python
            from datetime import datetime

            with open("journal.md", "a") as journal:
                while thought := input("> "):
                    journal.write(f"{datetime.now():%H:%M} {thought}\\n")
            ```

            It keeps every line with its hour, and ends with an **empty one**. A real model would now explain it at length.
            """, """
            Here is “{quote}” in its shortest form:

            ```python
            today = ["woke", "worked", "wondered"]
            kept = [one for one in today if one.startswith("wo")]
            print(*kept, sep=", ")
            ```

            > All three are kept, which is the point of a journal.
            """),
    HEAVY(
            "\\b(tired|sad|anxious|anxiety|stress(ed)?|afraid|scared|lonely|angry|upset|worried|hard|lost|cry|cried)\\b",
            """
            “{quote}”: thank you for putting that into words, which is rarely the easy part. You don't have to solve \
            anything tonight. If a good friend had told you this, what would you say to them?\
            """,
            """
            I hear the weight in “{quote}”. Two things can help before sleep:

            - name the feeling in **one** word
            - write down one thing that can wait until tomorrow

            Would you like to try the first one here?\
            """,
            """
            That sounds like a lot to carry, “{quote}”. Let's set it down on this page for a while. What would make the \
            next hour a little softer?\
            """),
    BRIGHT(
            "\\b(happy|glad|great|good|grateful|thankful|proud|love(d)?|excited|joy|wonderful|fun|beautiful)\\b",
            """
            There is a small sunrise in “{quote}”, and I would like to keep it from slipping by. Give it **one more \
            sentence** while it is fresh: who was there?\
            """,
            """
            “{quote}”: lovely. Good days are shy, so it is worth writing down the details: a smell, a voice, the light. \
            Which of them would you like to keep?\
            """,
            """
            I'm glad “{quote}” found its way into your journal. What would you like to remember about it a year from \
            now?\
            """),
    ASKING("\\?", """
        “{quote}?” I could pretend to know, but I would rather think along. What would change if the answer \
        were **yes**?\
        """, """
            “{quote}?” is a good question to sleep on. Here is how I would start:

            1. write the first answer that comes to mind
            2. write the one you'd be slightly embarrassed by
            3. see which of them is more honest

            What is the first one?\
            """, """
                I'll hand “{quote}?” back to you, gently: what did you hope I would say?\
                """),
    CALM("", """
        “{quote}”: I'd like to stay with that for a moment, for it sounds like something that matters later. Which \
        part of it is still with you this evening?\
        """, """
            I've noted “{quote}”. Ordinary days written down have a way of turning into **the good old ones**. What \
            happened just before?\
            """, """
                When you write “{quote}”, I picture the scene but not yet the colours. Where were you, and what could you \
                hear?\
                """);

    /** The number of leading characters that decide the tone. */
    private static final int READ = 2_000;

    private final Pattern signs;
    private final String first;
    private final String second;
    private final String third;

    Mood(String signs, String first, String second, String third) {
        this.signs = Pattern.compile(signs);
        this.first = first;
        this.second = second;
        this.third = third;
    }

    static Mood of(String text) {
        var lower = text.substring(0, Math.min(text.length(), READ)).toLowerCase(Locale.ROOT);
        for (var mood : values()) {
            if (mood.signs.matcher(lower).find()) {
                return mood;
            }
        }
        return CALM;
    }

    List<String> answers() {
        return List.of(first, second, third);
    }
}
