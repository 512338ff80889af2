package dev.firebreak.oncall;

import dev.firebreak.core.Tx;
import java.util.List;

/** Keeps what is known of the contacts of people. Thread-safe. */
public interface ContactProofs {
  /** All there are, also of contacts that are no longer configured. */
  List<ContactProof> all(Tx tx);

  /** What is known of a contact, added if nothing was; nobody else changes it until the end. */
  ContactProof hold(Tx tx, ContactProof none);

  /** Keeps what is known of a contact that is held. */
  void save(Tx tx, ContactProof proof);
}
