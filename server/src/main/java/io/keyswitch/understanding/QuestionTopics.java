package io.keyswitch.understanding;

import java.util.EnumSet;
import java.util.Set;

/** What a question is about, by its words and cues. */
final class QuestionTopics {
    private QuestionTopics() {}

    static Set<Topic> of(Wording said, Set<Cue> cues) {
        var topics = EnumSet.noneOf(Topic.class);
        add(topics, Topic.PROVIDER, said.has(Concept.PROVIDER));
        add(topics, Topic.MODEL, said.has(Concept.MODEL));
        add(topics, Topic.KEY, said.has(Concept.KEY));
        add(topics, Topic.KEY_SOURCE, said.hasAny(Concept.OWN, Concept.DEFAULT, Concept.APP));
        add(topics, Topic.SAFETY, cues.contains(Cue.SAFE));
        add(topics, Topic.COST, cues.contains(Cue.COST));
        add(topics, Topic.LATER, cues.contains(Cue.LATER));
        return topics;
    }

    private static void add(Set<Topic> topics, Topic topic, boolean named) {
        if (named) {
            topics.add(topic);
        }
    }
}
