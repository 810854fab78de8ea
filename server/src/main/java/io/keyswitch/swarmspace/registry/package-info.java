/** The plugin registry: SwarmSpace's plugins, as data. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.swarmspace.registry;
