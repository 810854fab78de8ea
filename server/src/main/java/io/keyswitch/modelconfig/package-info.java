/**
 * A user's choice of provider, model and key: checked, stored, cached and resolved to a
 * {@link io.keyswitch.llm.Target}. The settings callables and the model-change flow both use
 * {@link io.keyswitch.modelconfig.ModelSetup}, so that they behave the same.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.modelconfig;
