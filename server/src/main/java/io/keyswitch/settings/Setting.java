package io.keyswitch.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says about a component of a settings record what its type does not. The check, the JSON schema and the printed file use it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** A path below a base URL, or one segment above it. */
    String PATH = "(?!.*#)(?!.{2,}\\.\\.)(/|\\.\\./)[\\x21-\\x7e]*";

    String PATH_FORM = "write a path below baseUrl, such as /models";

    /** What it means, in one sentence. */
    String value();

    /** The value where none is written, as it would be written; a list or mapping is empty without. */
    String otherwise() default "";

    /** What to write if it is missing; for components that must be there. */
    String missing() default "";

    /** The least integer, or time in milliseconds. */
    long min() default 0;

    /** The greatest integer. */
    long max() default Integer.MAX_VALUE;

    /** What the whole of a string matches, or of each text of a list. */
    String pattern() default "";

    /** What a string that does not match should have been. */
    String form() default "";
}
