package dev.firebreak.notify;

import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.ContactProof;
import dev.firebreak.oncall.ContactProofs;
import dev.firebreak.oncall.People;
import dev.firebreak.run.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Proves that what is sent to a contact reaches its person: they enter the code that was sent
 * there. What is not proven is used all the same, since a call too many is better than none; but it
 * is seen not to be. Every code and proof is in the journal of the site. Thread-safe.
 */
public final class ContactDesk {
  /** How long a code counts. */
  public static final Duration VALID = Duration.ofMinutes(30);

  private final Parts parts;
  private final Proving proving;
  private final People people;
  private final PatientPost post;
  private final Supplier<String> codes;
  private final String baseUrl;
  private final InstantSource clock;

  /** Where all of it is kept. */
  public record Parts(Ledger ledger, ContactProofs proofs, Journal journal) {}

  /**
   * A contact of a person as it stands.
   *
   * @param provenAt when it was proven, or null
   * @param codeUntil until when a code is awaited, or null
   */
  public record Standing(
      String id,
      String person,
      Contact contact,
      @Nullable Instant provenAt,
      @Nullable Instant codeUntil) {}

  /** What cannot be done; the message says why and what can. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param channels what contacts name
   * @param executor sends; one of virtual threads
   * @param codes makes codes of letters and digits that nobody can guess
   * @param baseUrl where codes are entered
   */
  public ContactDesk(
      Parts parts,
      People people,
      Channels channels,
      Executor executor,
      Supplier<String> codes,
      String baseUrl,
      InstantSource clock) {
    this.parts = parts;
    this.proving = new Proving(parts);
    this.people = people;
    this.post = new PatientPost(channels, executor, PatientPost.PATIENCE);
    this.codes = codes;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /** The contacts of all people, in the order of the configuration. */
  public List<Standing> all() {
    return parts.ledger().read(this::all);
  }

  /** The same, within a transaction. */
  public List<Standing> all(Tx tx) {
    Map<String, ContactProof> known =
        parts.proofs().all(tx).stream()
            .collect(Collectors.toMap(ContactProof::id, Function.identity()));
    Instant now = clock.instant();
    List<Standing> all = new ArrayList<>();
    people
        .people()
        .forEach(
            (name, person) ->
                person
                    .contacts()
                    .forEach(
                        contact -> {
                          ContactProof none = ContactProof.none(name, contact);
                          all.add(standing(contact, known.getOrDefault(none.id(), none), now));
                        }));
    return all;
  }

  private static Standing standing(Contact contact, ContactProof proof, Instant now) {
    ContactProof.Code code = proof.code();
    Instant until = code == null ? null : code.sentAt().plus(VALID);
    return new Standing(
        proof.id(),
        proof.person(),
        contact,
        proof.provenAt(),
        until == null || !now.isBefore(until) ? null : until);
  }

  /** A contact of this id; empty when no person has it now. */
  public Optional<Standing> find(String id) {
    return all().stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /**
   * Sends a code to a contact and waits for the channel's answer, at most half a minute.
   *
   * @return what the channel said
   * @throws Refused when one was sent just now
   * @throws dev.firebreak.channel.ChannelException when the channel did not take it
   */
  public String send(Standing to, Actor by) {
    String code = codes.get();
    Instant now = clock.instant();
    ContactProof.Code next = new ContactProof.Code(Proving.hash(to.id(), code), now, 0);
    unlessRefused(tx -> proving.sent(tx, to, next, by));
    Notice notice =
        new Notice(
            "contact/" + to.id() + "/" + now,
            "contact/" + to.id(),
            "Your code for Firebreak: " + code,
            """
            %s wants to know whether this reaches %s. Enter the code %s at %s/contacts within %s.
            Nothing is wrong, and if you know nothing of this you need not do anything.\
            """
                .formatted(by.name(), to.person(), code, baseUrl, Durations.text(VALID)),
            baseUrl + "/contacts");
    return post.send(to.contact().channel(), notice.to(to.contact().to()));
  }

  private void unlessRefused(Function<Tx, Optional<String>> work) {
    Optional<String> fault = parts.ledger().commit(work).join();
    if (fault.isPresent()) {
      throw new Refused(fault.get());
    }
  }

  /**
   * Enters the code that was sent to a contact.
   *
   * @param code in any case, with or without hyphens
   * @throws Refused when it is not the one, or none is awaited
   */
  public void prove(Standing contact, String code, Actor by) {
    String given = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    unlessRefused(tx -> proving.entered(tx, contact, given, by, clock.instant()));
  }
}
