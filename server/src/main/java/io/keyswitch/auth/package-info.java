/**
 * Who is calling: one authenticator, one carrier ({@code Authorization: Bearer}), closed when in doubt. Tokens of Firebase
 * and of OpenID Connect issuers; those of the Auth emulator only behind an explicit setting.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.auth;
