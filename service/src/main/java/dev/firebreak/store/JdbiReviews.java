package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.gate.Review;
import dev.firebreak.gate.Reviews;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reviews in a table. */
final class JdbiReviews implements Reviews {
  @Override
  public void add(Tx tx, Review review) {
    sql(tx).insert(review);
  }

  @Override
  public Optional<Review> find(Tx tx, String id) {
    return sql(tx).find(id).map(ReviewSql.Row::toReview);
  }

  @Override
  public List<Review> open(Tx tx, int limit) {
    return told(sql(tx).open(limit));
  }

  @Override
  public List<Review> newest(Tx tx, int limit) {
    return told(sql(tx).newest(limit));
  }

  @Override
  public List<Review> ofRun(Tx tx, String runId) {
    return told(sql(tx).ofRun(runId));
  }

  @Override
  public void asked(Tx tx, String id, Instant at) {
    sql(tx).asked(id, at);
  }

  @Override
  public boolean close(Tx tx, String id, Review.End end) {
    return sql(tx).close(id, end) == 1;
  }

  private static List<Review> told(List<ReviewSql.Row> rows) {
    return rows.stream().map(ReviewSql.Row::toReview).toList();
  }

  private static ReviewSql sql(Tx tx) {
    return StoreTx.sql(tx, ReviewSql.class);
  }
}
