package dev.firebreak.demo;

/**
 * Who plays: all but ana, who is on call with you and never answers.
 *
 * @param you on call
 * @param ben the backup, asked when those on call have not decided in time
 * @param dora the duty manager, who may break the glass
 */
record Cast(Gatekeeper you, Gatekeeper ben, Gatekeeper dora) {}
