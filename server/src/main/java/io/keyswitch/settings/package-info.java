/**
 * What the operator decides: one YAML file, each setting overridable by an environment variable. Read once, at start; all
 * mistakes are collected and reported together, each with the setting's name and the cure. May import {@code provider}
 * and {@code secret}, whose data it reads; opens no socket and no database.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.settings;
