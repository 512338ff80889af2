package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.oncall.ContactProof;
import dev.firebreak.oncall.ContactProofs;
import java.util.List;

/** What is known of contacts, in a table. */
final class JdbiContactProofs implements ContactProofs {
  @Override
  public List<ContactProof> all(Tx tx) {
    return sql(tx).all().stream().map(ContactSql.Row::toProof).toList();
  }

  @Override
  public ContactProof hold(Tx tx, ContactProof none) {
    sql(tx).insert(none.id(), none.person());
    return sql(tx).hold(none.id()).toProof();
  }

  @Override
  public void save(Tx tx, ContactProof proof) {
    sql(tx).update(ContactSql.Row.of(proof));
  }

  private static ContactSql sql(Tx tx) {
    return StoreTx.sql(tx, ContactSql.class);
  }
}
