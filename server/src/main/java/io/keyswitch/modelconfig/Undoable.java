package io.keyswitch.modelconfig;

/**
 * The last change of a model config, which an undo reverts.
 *
 * @param scope the scope that was changed
 * @param before what it had before the change
 */
public record Undoable(Scope scope, EarlierConfig before) {}
