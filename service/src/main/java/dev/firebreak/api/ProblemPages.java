package dev.firebreak.api;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty answers itself, before any resource is asked: a problem document without details. */
final class ProblemPages extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String text =
        """
        {"type":"urn:firebreak:problem:http-%1$d","title":"The request was not understood",\
        "status":%1$d,"detail":"The server refused the request before it was read: check its\
         address (a slash in a name is written as it is, brackets as %%5B and %%5D), headers and\
         size."}\
        """
            .formatted(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    Content.Sink.write(response, true, text, callback);
    return true;
  }
}
