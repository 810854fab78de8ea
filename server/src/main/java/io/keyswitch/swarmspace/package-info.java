/** SwarmSpace: plugins, run by the operator's workers, for users whose plan includes them. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.swarmspace;
