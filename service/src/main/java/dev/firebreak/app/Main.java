package dev.firebreak.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The command line. Exit codes: 0 fine, 1 what was asked failed, 2 wrong use. */
public final class Main {
  static final String USAGE =
      """
      usage: firebreak <command>

        demo [--yes] [--once] [--port N] [--walk 60s]
                                                see it work, with a patient that really hangs
        server [config.yml]                     run it
        check config.yml                        say what is wrong with a configuration
        db migrate config.yml                   bring the database up to this version
        db backup config.yml <file.zip>         copy an H2 database that is not in use
        db restore config.yml <file.zip>        put a copy where no database is; it comes up paused
        db migrate-to config.yml postgresql://user@host:5432/name
                                                move a site from H2 to an empty PostgreSQL database
        runbook validate <file or folder> …     say what is wrong with runbooks
        runbook test <file or folder> …         run the tests that stand in runbooks
        runbook schema                          print the JSON Schema of runbooks, for editors
        runbook promotion [<name>]              which runbooks rehearse, and what they would have done
        runbook promote <name> --version V --reason R | runbook promote --all --reason R
        runbook withdraw <name> --version V --reason R
                                                (these ask FIREBREAK_URL, with FIREBREAK_TOKEN)
        policy test <file or folder> …          say what is wrong with policies, and run their tests
        token create --name N --roles R[,R] [--config config.yml] [--expires 90d]
        token list [--config config.yml]
        token revoke <id> [--config config.yml]
        channel test <name> [--config config.yml]
                                                send a test message and print the answer
        automation show                         the halt switch of a running server, and what piled up
        automation on|ask|off --reason R [--scope team:T] [--for 2h] [--owner O]
        automation backlog go_on|cancel|hand_over --scope S --runs N --reason R [--to T]
        freeze import <file.ics> [--owner O] [--mode deny|hold|ask] [--scope S] [--zone Z]
                                                make freezes of the events of a calendar file
        gates [<gate>]                          what people are asked
        approve <gate or run> --plan P --reason R
        reject <gate or run> --reason R
        break-glass <gate or run> --plan P --reason R
        review list                             who broke the glass, and what others found
        review close <id> --finding F
        schedule list | schedule show <name> [--at TIME]
        schedule cover <name> --person P --to TIME [--from TIME] [--reason R]
        schedule import <name> <file.ics>       take the shifts of a calendar
        contact list | contact code <id> | contact verify <id> --code C
                                                whether people are reached by their contacts
        limit list | lock list                  what is left of the limits; who has which target
        breaker list                            what is not tried any more
        breaker close <id> --reason R
                                                (these ask FIREBREAK_URL, with FIREBREAK_TOKEN)
        audit verify [config.yml]               say whether the journal was tampered with
      """;

  private Main() {}

  /** Runs one command and exits with its code; a server runs on. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    quiet();
    int code = run(Arrays.asList(args), out, err);
    if (code != Server.RUNNING) {
      System.exit(code);
    }
  }

  /** Until a configuration says otherwise, libraries are heard only when something is wrong. */
  private static void quiet() {
    BootstrapLogging.bootstrap(Level.WARN);
    ((Logger) LoggerFactory.getLogger("com.networknt")).setLevel(Level.ERROR);
  }

  static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
    try {
      return command(args, out, err);
    } catch (WrongUse e) {
      err.println("firebreak: " + e.getMessage());
      return 2;
    } catch (StartRefused e) {
      err.println("firebreak: " + e.getMessage());
      return 1;
    }
  }

  private static int command(List<String> args, PrintStream out, PrintStream err) throws Exception {
    if (args.isEmpty()) {
      err.print(USAGE);
      return 2;
    }
    List<String> rest = args.subList(1, args.size());
    return switch (args.getFirst()) {
      case "demo" -> DemoCommand.run(rest, out);
      case "server" -> Server.run(rest, out, err);
      case "check" -> Server.check(rest, out);
      case "db" -> DatabaseCommands.run(rest, out);
      case "runbook" -> RunbookCommands.run(rest, out);
      case "policy" -> PolicyCommands.run(rest, out);
      case "token" -> TokenCommands.run(rest, out);
      case "channel" -> ChannelCommands.run(rest, out);
      case "automation" -> AutomationCommands.run(rest, out, System::getenv);
      case "freeze" -> FreezeCommands.run(rest, out, System::getenv);
      case "breaker" -> BreakerCommands.run(rest, out, System::getenv);
      case "gates", "approve", "reject", "break-glass" ->
          GateCommands.run(args.getFirst(), rest, out);
      case "contact" -> ContactCommands.run(rest, out, System::getenv);
      case "schedule" -> ScheduleCommands.run(rest, out);
      case "limit", "lock" -> LimitCommands.run(args.getFirst(), rest, out, System::getenv);
      case "review" -> ReviewCommands.run(rest, out, System::getenv);
      case "audit" -> DatabaseCommands.audit(rest, out);
      case "help", "--help", "-h" -> {
        out.print(USAGE);
        yield 0;
      }
      default -> throw new WrongUse("there is no command '" + args.getFirst() + "'\n" + USAGE);
    };
  }
}
