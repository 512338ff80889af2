package dev.firebreak.store;

import dev.firebreak.access.Tokens;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.cluster.Mail;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.escalation.Attentions;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gates;
import dev.firebreak.gate.Reviews;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.breaker.Breakers;
import dev.firebreak.guard.freeze.Freezes;
import dev.firebreak.guard.promotion.Promotions;
import dev.firebreak.guard.storm.Storms;
import dev.firebreak.notify.UnheardMessages;
import dev.firebreak.oncall.Absences;
import dev.firebreak.oncall.ContactProofs;
import dev.firebreak.oncall.Covers;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signals;
import dev.firebreak.runbook.RunbookVersions;
import dev.firebreak.ticket.Tickets;

/** Every port on the tables of one database. Thread-safe: all state is in the transactions. */
abstract sealed class Tables implements Ports permits Database {
  private final Runs runs;
  private final Outbox outbox;
  private final Incidents incidents = new JdbiIncidents();
  private final Journal journal = new JdbiJournal();
  private final Artifacts artifacts = new JdbiArtifacts();
  private final RunbookVersions runbookVersions = new JdbiRunbookVersions();
  private final Alerts alerts = new JdbiAlerts();
  private final Deliveries deliveries = new JdbiDeliveries();
  private final Intents intents = new JdbiIntents();
  private final Locks locks = new JdbiLocks();
  private final AutomationSwitch automation = new JdbiAutomationSwitch();
  private final Gates gates = new JdbiGates();
  private final Escalations escalations = new JdbiEscalations();
  private final Tokens tokens = new JdbiTokens();
  private final Tickets tickets = new JdbiTickets();
  private final Nodes nodes = new JdbiNodes();
  private final Mail mail = new JdbiMail();
  private final Signals signals = new JdbiSignals();
  private final UnheardMessages unheard = new JdbiUnheardMessages();
  private final Covers covers = new JdbiCovers();
  private final Absences absences = new JdbiAbsences();
  private final ContactProofs contactProofs = new JdbiContactProofs();
  private final Freezes freezes = new JdbiFreezes();
  private final Storms storms = new JdbiStorms();
  private final Breakers breakers = new JdbiBreakers();
  private final Promotions promotions = new JdbiPromotions();
  private final Reviews reviews = new JdbiReviews();
  private final Attentions attentions = new JdbiAttentions();

  /**
   * @param node the name of this process among those on the database
   * @param shared whether there may be others
   */
  Tables(String node, boolean shared, Schema schema) {
    runs = new JdbiRuns(schema);
    outbox = new JdbiOutbox(node, shared, schema);
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Incidents incidents() {
    return incidents;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Artifacts artifacts() {
    return artifacts;
  }

  @Override
  public RunbookVersions runbookVersions() {
    return runbookVersions;
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public Intents intents() {
    return intents;
  }

  @Override
  public Locks locks() {
    return locks;
  }

  @Override
  public AutomationSwitch automation() {
    return automation;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Escalations escalations() {
    return escalations;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Tickets tickets() {
    return tickets;
  }

  public UnheardMessages unheard() {
    return unheard;
  }

  public Covers covers() {
    return covers;
  }

  public Attentions attentions() {
    return attentions;
  }

  public ContactProofs contactProofs() {
    return contactProofs;
  }

  public Absences absences() {
    return absences;
  }

  @Override
  public Signals signals() {
    return signals;
  }

  public Storms storms() {
    return storms;
  }

  public Reviews reviews() {
    return reviews;
  }

  public Promotions promotions() {
    return promotions;
  }

  public Breakers breakers() {
    return breakers;
  }

  public Freezes freezes() {
    return freezes;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Mail mail() {
    return mail;
  }
}
