/**
 * Versions of runbooks that rehearse: they do everything but their changes, until somebody with the
 * right promotes them. Knows guards and runs, not who orders what. Begin with {@link
 * dev.firebreak.guard.promotion.PromotionGuard}.
 */
@NullMarked
package dev.firebreak.guard.promotion;

import org.jspecify.annotations.NullMarked;
