package dev.firebreak.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheTest {
  private static final Scope RUN =
      new Scope(true, false, true, false, false, Set.of("host"), Set.of("ping"));

  /** Something that would betray itself if anybody called a method of it. */
  public static final class Bean {
    public String secret() {
      return "betrayed";
    }

    public String getSecret() {
      return "betrayed";
    }
  }

  private static Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put(
        "alert",
        Map.of("labels", Map.of("instance", "cache-1", "service.name", "shop", "empty", "")));
    model.put("items", List.of(Map.of("n", 1), Map.of("n", 2)));
    model.put("words", List.of("a", "b"));
    model.put("number", 12.50);
    model.put("big", 12_000_000_000.0);
    model.put("whole", 7L);
    model.put("yes", true);
    model.put("no", false);
    model.put("none", null);
    model.put("bean", new Bean());
    model.put("trap", "{{alert.labels.instance}} {{> /etc/passwd}} ${secret}");
    return model;
  }

  private static String render(String source) {
    return Mustache.compile(source, Escape.TEXT).render(model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          redis/{{alert.labels.instance}}                | redis/cache-1
          {{ alert.labels.instance }}!                   | cache-1!
          {{alert.labels.service.name}}                  | shop
          {{#alert}}{{labels.instance}}{{/alert}}        | cache-1
          {{#items}}{{n}},{{/items}}                     | 1,2,
          {{#items}}{{n}}{{whole}};{{/items}}            | 17;27;
          {{#words}}[{{.}}]{{/words}}                    | [a][b]
          {{number}} {{big}} {{whole}} {{yes}}           | 12.5 12000000000 7 true
          {{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}!{{/no}}| y!
          {{#missing}}x{{/missing}}{{^missing}}-{{/missing}} | -
          {{#none}}x{{/none}}{{^alert.labels.nope}}ok{{/alert.labels.nope}} | ok
          {{#alert.labels.empty}}x{{/alert.labels.empty}}y | y
          a{{! a comment }}b                             | ab
          {{trap}}                                       | {{alert.labels.instance}} {{> /etc/passwd}} ${secret}
          """)
  void render_fillsIn(String source, String text) {
    assertThat(render(source)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {{nothing}}                          | nothing is missing
          {{alert.labels.zone}}                | alert.labels.zone is missing
          {{alert.labels.instance.length}}     | alert.labels.instance.length is missing
          {{alert.class}}                      | alert.class is missing
          {{class}}                            | class is missing
          {{none}}                             | none is missing
          {{#items}}{{m}}{{/items}}            | m is missing
          {{alert.labels}}                     | alert.labels is a mapping, not a text: name one of its fields
          {{words}}                            | words is a list, not a text: write a section around it
          {{bean}}                             | bean is no JSON value
          {{bean.secret}}                      | bean.secret is missing
          {{#bean}}{{secret}}{{/bean}}         | a Bean is no JSON value
          """)
  void render_withoutAValue_namesIt(String source, String message) {
    assertThatThrownBy(() -> render(source))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @Test
  void render_withALambda_refuses() {
    Template template = Mustache.compile("{{#call}}x{{/call}}", Escape.TEXT);
    java.util.function.Function<String, String> lambda = text -> "betrayed";
    assertThatThrownBy(() -> template.render(Map.of("call", lambda)))
        .isInstanceOf(ExpressionException.class);
    java.util.concurrent.Callable<String> callable = () -> "betrayed";
    assertThatThrownBy(() -> template.render(Map.of("call", callable)))
        .isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a {{> x}}                | column 3: partials are not allowed
          {{>file:///etc/passwd}}  | column 1: partials are not allowed
          {{>*name}}               | column 1: partials are not allowed
          {{<x}}{{/x}}             | column 1: partials are not allowed
          {{$x}}{{/x}}             | column 1: blocks and pragmas are not allowed
          {{%IMPLICIT}}            | column 1: blocks and pragmas are not allowed
          {{{x}}}                  | column 1: a variable cannot be written unescaped (write {{name}})
          {{&x}}                   | column 1: a variable cannot be written unescaped (write {{name}})
          {{ & x}}                 | column 1: a variable cannot be written unescaped (write {{name}})
          {{=<% %>=}}              | column 1: delimiters cannot be changed
          {{}}                     | column 1: Empty mustache
          """)
  void compile_withWhatIsTakenOut_refuses(String source, String message) {
    assertThatThrownBy(() -> Mustache.compile(source, Escape.TEXT))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{#a}}", "{{/a}}", "{{a", "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}"})
  void compile_ofABrokenTemplate_refuses(String source) {
    assertThatThrownBy(() -> Mustache.compile(source, Escape.TEXT))
        .isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x {{alert.lables.a}}        | column 3: alert has no 'lables' (did you mean 'labels'?)
          {{vars.hots}}               | column 1: there is no var 'hots' (did you mean 'host'?)
          {{#steps.pong.ok}}{{/steps.pong.ok}} | column 1: no step 'pong' has surely run before this (did you mean 'ping'?)
          {{#alert}}{{vars.hots}}{{/alert}}    | column 11: there is no var 'hots' (did you mean 'host'?)
          {{vars}}                    | column 1: vars is a mapping, not a text (name one of its fields)
          {{limit.used}}              | column 1: nothing here is called 'limit' (known: alert, incident, inputs, run, steps, vars)
          """)
  void compile_withAMisspeltName_refuses(String source, String message) {
    assertThatThrownBy(() -> Mustache.compile(source, Escape.TEXT, RUN))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @Test
  void compile_insideASection_leavesNamesOfItsItemsAlone() {
    Template template =
        Mustache.compile(
            "{{#steps.ping.output.rows}}{{host}} {{/steps.ping.output.rows}}", Escape.TEXT, RUN);
    assertThat(
            template.render(
                Map.of(
                    "steps",
                    Map.of(
                        "ping", Map.of("output", Map.of("rows", List.of(Map.of("host", "a"))))))))
        .isEqualTo("a ");
  }

  @Test
  void compile_onALaterLine_saysWhich() {
    assertThatThrownBy(() -> Mustache.compile("a\nb\n  {{vars.hots}}", Escape.TEXT, RUN))
        .hasMessageStartingWith("line 3, column 3: ");
  }

  @Test
  void compile_ofDeepSections_refusesQuickly() {
    String bomb = "{{#a}}".repeat(10_000) + "{{/a}}".repeat(10_000);
    assertThatThrownBy(() -> Mustache.compile(bomb, Escape.TEXT))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void render_ofSectionsThatMultiply_ends() {
    Map<String, Object> many = Map.of("l", java.util.Collections.nCopies(100, "x"));
    String nothing = "{{#l}}".repeat(8) + "{{/l}}".repeat(8);
    assertThatThrownBy(() -> Mustache.compile(nothing, Escape.TEXT).render(many))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("sections");
    String text = "{{#l}}{{#l}}" + "y".repeat(1_000) + "{{/l}}{{/l}}";
    assertThatThrownBy(() -> Mustache.compile(text, Escape.TEXT).render(many))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("grows");
  }

  @Test
  void template_isUsedByManyThreads() {
    Template template = Mustache.compile("{{#items}}{{n}}{{/items}}{{whole}}", Escape.TEXT);
    assertThat(
            java.util.stream.IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> template.render(model()))
                .distinct())
        .containsExactly("127");
  }
}
