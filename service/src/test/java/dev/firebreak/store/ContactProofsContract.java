package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.ContactProof;
import dev.firebreak.oncall.ContactProofs;
import org.junit.jupiter.api.Test;

/** What every {@link ContactProofs} must do. */
abstract class ContactProofsContract extends Contract {
  private final String person = Samples.id("person");
  private final ContactProof none = ContactProof.none(person, new Contact("sms", "+491"));

  abstract ContactProofs proofs();

  @Test
  void whatIsKnown_isKept_forOneAddress() {
    assertThat(held(none)).isEqualTo(none);
    ContactProof sent = none.awaiting(new ContactProof.Code("hash", NOON, 2));
    write(tx -> proofs().save(tx, sent));
    assertThat(list(tx -> proofs().all(tx))).contains(sent);
    ContactProof proven = sent.proven(NOON.plusSeconds(60), "person:ana");
    write(
        tx -> {
          assertThat(proofs().hold(tx, none)).isEqualTo(sent);
          proofs().save(tx, proven);
        });
    assertThat(list(tx -> proofs().all(tx))).contains(proven).doesNotContain(sent);
    ContactProof elsewhere = ContactProof.none(person, new Contact("sms", "+492"));
    assertThat(held(elsewhere)).isEqualTo(elsewhere);
  }

  private ContactProof held(ContactProof nothing) {
    return commit(tx -> proofs().hold(tx, nothing));
  }
}
