package dev.firebreak.store;

import dev.firebreak.oncall.ContactProof;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code contact_proof}. */
interface ContactSql {
  String COLUMNS = "id, person, code, sent_at, tries, proven_at, proven_by";

  /** What is known of a contact, as a row. */
  record Row(
      String id,
      String person,
      @Nullable String code,
      @Nullable Instant sentAt,
      int tries,
      @Nullable Instant provenAt,
      @Nullable String provenBy) {
    static Row of(ContactProof proof) {
      ContactProof.Code code = proof.code();
      return new Row(
          proof.id(),
          proof.person(),
          code == null ? null : code.hash(),
          code == null ? null : code.sentAt(),
          code == null ? 0 : code.tries(),
          proof.provenAt(),
          proof.provenBy());
    }

    ContactProof toProof() {
      ContactProof.Code sent =
          code == null || sentAt == null ? null : new ContactProof.Code(code, sentAt, tries);
      return new ContactProof(id, person, sent, provenAt, provenBy);
    }
  }

  @SqlQuery("SELECT " + COLUMNS + " FROM contact_proof ORDER BY id")
  List<Row> all();

  @SqlUpdate(
      """
      INSERT INTO contact_proof (id, person, tries) VALUES (:id, :person, 0) ON CONFLICT DO NOTHING
      """)
  void insert(@Bind("id") String id, @Bind("person") String person);

  @SqlQuery("SELECT " + COLUMNS + " FROM contact_proof WHERE id = :id FOR UPDATE")
  Row hold(@Bind("id") String id);

  @SqlUpdate(
      """
      UPDATE contact_proof SET code = :code, sent_at = :sentAt, tries = :tries,
          proven_at = :provenAt, proven_by = :provenBy
      WHERE id = :id
      """)
  void update(@BindRecord Row row);
}
