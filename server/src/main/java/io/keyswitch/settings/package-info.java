/**
 * The operator's settings: one YAML file, each setting overridable by an environment variable. Read once at startup;
 * all mistakes are reported together, each with the setting's name and the fix. May import {@code provider} and
 * {@code secret}, whose data it reads; opens no socket and no database.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.settings;
