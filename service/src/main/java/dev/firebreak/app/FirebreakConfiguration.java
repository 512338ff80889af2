package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.access.Teams;
import dev.firebreak.action.Credential;
import dev.firebreak.action.EgressSettings;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.core.Durations;
import dev.firebreak.core.SecretRef;
import dev.firebreak.escalation.EscalationSettings;
import dev.firebreak.guard.CauseSettings;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.OwnSettings;
import dev.firebreak.guard.blast.BlastSettings;
import dev.firebreak.guard.breaker.BreakerSettings;
import dev.firebreak.guard.breaker.SuspicionSettings;
import dev.firebreak.guard.freeze.FreezeCalendar;
import dev.firebreak.guard.freeze.FreezeSettings;
import dev.firebreak.guard.opa.OpaSettings;
import dev.firebreak.guard.policy.PolicySettings;
import dev.firebreak.guard.promotion.PromotionSettings;
import dev.firebreak.guard.recurrence.FlappingSettings;
import dev.firebreak.guard.recurrence.RepetitionSettings;
import dev.firebreak.guard.storm.StormSettings;
import dev.firebreak.intake.SourceSettings;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Schedules;
import dev.firebreak.store.BackupSettings;
import dev.firebreak.store.DatabaseSettings;
import dev.firebreak.store.RetentionSettings;
import dev.firebreak.ticket.TicketSettings;
import io.dropwizard.core.Configuration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.yml}: every section is a type of the room that uses it; this only puts them
 * together. Unknown keys are errors.
 */
public final class FirebreakConfiguration extends Configuration {
  @JsonProperty private String data = "data";
  @JsonProperty private String baseUrl = "http://localhost:8080";
  @JsonProperty private String templates = "templates";
  @JsonProperty private RunbookSettings runbooks = RunbookSettings.of(null, null);
  @JsonProperty private @Nullable DatabaseSettings database;
  @JsonProperty private BackupSettings backup = BackupSettings.of(null, null, null);

  @JsonProperty
  private RetentionSettings retention = RetentionSettings.of(null, null, null, null, null);

  @JsonProperty private List<SourceSettings> sources = List.of();
  @JsonProperty private Map<String, SecretRef> secrets = Map.of();
  @JsonProperty private List<Credential> credentials = List.of();
  @JsonProperty private EgressSettings egress = EgressSettings.STRICT;
  @JsonProperty private Map<String, Object> actions = Map.of();
  @JsonProperty private Map<String, ChannelSettings> channels = Map.of();
  @JsonProperty private List<String> alarms = List.of();
  @JsonProperty private Teams teams = Teams.NONE;
  @JsonProperty private People people = People.NONE;
  @JsonProperty private Schedules schedules = Schedules.NONE;
  @JsonProperty private EscalationSettings escalations = EscalationSettings.NONE;
  @JsonProperty private @Nullable String quiet;
  @JsonProperty private Map<String, TicketSettings> tickets = Map.of();
  @JsonProperty private ScopeSettings scope = new ScopeSettings(List.of());
  @JsonProperty private LimitSettings limits = LimitSettings.USUAL;

  @JsonProperty private @Nullable SecretRef siteSecret;
  @JsonProperty private DecisionSettings decisions = DecisionSettings.NONE;
  @JsonProperty private GlassSettings breakGlass = GlassSettings.NONE;
  @JsonProperty private List<FreezeSettings> freezes = List.of();
  @JsonProperty private List<FreezeCalendar> freezeCalendars = List.of();
  @JsonProperty private StormSettings storm = StormSettings.USUAL;
  @JsonProperty private BreakerSettings breakers = BreakerSettings.USUAL;
  @JsonProperty private List<SuspicionSettings> suspicion = List.of();
  @JsonProperty private List<BlastSettings> blast = List.of();
  @JsonProperty private FlappingSettings flapping = FlappingSettings.USUAL;
  @JsonProperty private RepetitionSettings repetition = RepetitionSettings.USUAL;
  @JsonProperty private OwnSettings own = OwnSettings.USUAL;
  @JsonProperty private CauseSettings causes = CauseSettings.USUAL;
  @JsonProperty private PromotionSettings promotion = PromotionSettings.USUAL;
  @JsonProperty private PolicySettings policies = PolicySettings.USUAL;
  @JsonProperty private @Nullable OpaSettings opa;

  /** The folder of everything this node writes: database, tickets, halt file. */
  public Path data() {
    return Path.of(data);
  }

  /** Where people reach the console, without a slash at its end. */
  public String baseUrl() {
    return baseUrl.replaceAll("/+$", "");
  }

  /** The folder of the texts of tickets, notices and postmortems. */
  public Path templates() {
    return Path.of(templates);
  }

  /** Where runbooks are read. */
  public RunbookSettings runbooks() {
    return runbooks;
  }

  /** Where state is kept; an H2 file in the data folder unless said. */
  public DatabaseSettings database() {
    return database == null ? DatabaseSettings.h2(data().resolve("firebreak")) : database;
  }

  /** Where and how often an H2 database is copied. */
  public BackupSettings backup() {
    return backup;
  }

  /** How long what is over stays. */
  public RetentionSettings retention() {
    return retention;
  }

  /** Who may send alerts, and how they prove who they are. */
  public List<SourceSettings> sources() {
    return sources;
  }

  /** Secrets by the name runbooks call them. */
  public Map<String, SecretRef> secrets() {
    return secrets;
  }

  /** What requests of actions carry, and to which origins. */
  public List<Credential> credentials() {
    return credentials;
  }

  /** Where actions may connect to. */
  public EgressSettings egress() {
    return egress;
  }

  /** What operators set of single actions, by their type. */
  public Map<String, Object> actions() {
    return actions;
  }

  /** Ways to reach people, by name. */
  public Map<String, ChannelSettings> channels() {
    return channels;
  }

  /** The channels that hear of what nobody received. */
  public List<String> alarms() {
    return alarms;
  }

  /** Who is in which team. */
  public Teams teams() {
    return teams;
  }

  /** Whom to call by their own contacts. */
  public People people() {
    return people;
  }

  /** Who is on call when. */
  public Schedules schedules() {
    return schedules;
  }

  /** Whom to call, in which order. */
  public EscalationSettings escalations() {
    try {
      return escalations.quietAfter(quiet == null ? null : Durations.parse(quiet));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("quiet: " + e.getMessage(), e);
    }
  }

  /** Ticket systems by name. */
  public Map<String, TicketSettings> tickets() {
    return tickets;
  }

  /** What the site's own links are signed with; null when it has none. */
  public @Nullable SecretRef siteSecret() {
    return siteSecret;
  }

  /** How people may decide besides console and API. */
  public DecisionSettings decisions() {
    return decisions;
  }

  /** Who may answer a gate alone. */
  GlassSettings breakGlass() {
    return breakGlass;
  }

  /** When changes are not made as usual. */
  public List<FreezeSettings> freezes() {
    return freezes;
  }

  /** Calendars of the same. */
  public List<FreezeCalendar> freezeCalendars() {
    return freezeCalendars;
  }

  /** Where the usual rate of changes ends. */
  public StormSettings storm() {
    return storm;
  }

  /** How many fixes that did not help are enough. */
  public BreakerSettings breakers() {
    return breakers;
  }

  /** The groups of which most must stay out of repair. */
  public List<BlastSettings> blast() {
    return blast;
  }

  /** The groups whose observer is suspect when many of them alarm at once. */
  public List<SuspicionSettings> suspicion() {
    return suspicion;
  }

  /** When an alert comes and goes too often. */
  public FlappingSettings flapping() {
    return flapping;
  }

  /** When the same fix for the same target hides a cause. */
  public RepetitionSettings repetition() {
    return repetition;
  }

  /** What the service itself lives by. */
  public OwnSettings own() {
    return own;
  }

  /** How long a chain of causes of our own may be. */
  public CauseSettings causes() {
    return causes;
  }

  /** Whether runbooks rehearse before they change anything. */
  public PromotionSettings promotion() {
    return promotion;
  }

  /** Where rules over all changes are read. */
  public PolicySettings policies() {
    return policies;
  }

  /** Which policy agent is asked of each change; empty for none. */
  public Optional<OpaSettings> opa() {
    return Optional.ofNullable(opa);
  }

  /** What the operator allows, whatever runbooks say. */
  public GuardSettings guards() {
    return limits.settings(scope.managed());
  }
}
