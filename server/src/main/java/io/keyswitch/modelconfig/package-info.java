/**
 * One user's choice of provider, model and whose key pays: stored, cached, checked and turned into a
 * {@link io.keyswitch.llm.Target}. The settings callables and the model-change flow both go through
 * {@link io.keyswitch.modelconfig.ModelSetup}, so that they cannot differ.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.modelconfig;
