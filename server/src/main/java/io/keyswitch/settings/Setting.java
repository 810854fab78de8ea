package io.keyswitch.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a component of a settings record. Used by the validation, the JSON schema and the settings printer. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** A path below a base URL, or one segment above it. */
    String PATH = "(?!.*#)(?!.{2,}\\.\\.)(/|\\.\\./)[\\x21-\\x7e]*";

    String PATH_FORM = "write a path below baseUrl, such as /models";

    /** The meaning, in one sentence. */
    String value();

    /** The default, as written in the file; empty for none. Lists and mappings are empty by default. */
    String otherwise() default "";

    /** The fix to report if a required component is missing. */
    String missing() default "";

    /** The minimum of an integer, or of a duration in milliseconds. */
    long min() default 0;

    /** The maximum of an integer. */
    long max() default Integer.MAX_VALUE;

    /** The regular expression that a string, or each string of a list, must match; empty for any. */
    String pattern() default "";

    /** The fix to report if a string does not match the pattern. */
    String form() default "";
}
