vcl 4.1;

# Everyone behind Varnish 7. The file that includes this one names the origin:
#   vcl 4.1;
#   backend default { .host = "127.0.0.1"; .port = "3000"; }
#   include "/etc/varnish/groundswell.vcl";

import std;

acl purgers {
  "127.0.0.1";
  "::1";
}

sub vcl_recv {
  if (req.method == "PURGE") {
    call purge_by_key;
  }
  if (req.http.Upgrade ~ "(?i)^websocket$") {
    return (pipe);
  }
  unset req.http.X-Page;
  # Only these addresses are kept: time, posts, Friends, and what comes later go to the origin.
  if (req.url ~ "^/v1/events/[^/?]+/head/[0-9]+/[0-9]+(\?|$)") {
    set req.http.X-Page = "head";
  } else if (req.url ~ "^/v1/events/[^/?]+/[0-9]+/[a-z]+/[0-9]+(x[0-9]+)?(\?|$)") {
    set req.http.X-Page = "sealed";
  }
  if (!req.http.X-Page || req.http.Authorization || (req.method != "GET" && req.method != "HEAD")) {
    return (pass);
  }
  # Pages have no query and know no cookies: an address with them is the same page.
  set req.url = regsub(req.url, "\?.*$", "");
  unset req.http.Cookie;
  return (hash);
}

sub purge_by_key {
  # A proxy on this machine has a loopback address too, but names whom it speaks for.
  if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
    return (synth(403, "Purge from this machine only"));
  }
  if (req.http.Surrogate-Key !~ "^[A-Za-z0-9_-]+( +[A-Za-z0-9_-]+)*$") {
    return (synth(400, "Name what to purge in Surrogate-Key, separated by spaces"));
  }
  set req.http.X-Keys = regsuball(req.http.Surrogate-Key, " +", "|");
  if (!std.ban("obj.http.Surrogate-Key ~ (^|\s)(" + req.http.X-Keys + ")(\s|$)")) {
    return (synth(500, std.ban_error()));
  }
  return (synth(204, "Purged"));
}

sub vcl_hash {
  # The address alone: another Host is no other page.
  hash_data(req.url);
  return (lookup);
}

sub vcl_pipe {
  set bereq.http.Upgrade = req.http.Upgrade;
  set bereq.http.Connection = "upgrade";
  return (pipe);
}

sub vcl_backend_response {
  # Nothing is served after its time; while one asks for it anew, the others wait for the answer.
  set beresp.grace = 0s;
  set beresp.keep = 0s;
  if (bereq.uncacheable) {
    return (deliver);
  }
  if (beresp.status != 200 || beresp.ttl <= 0s || beresp.http.Set-Cookie
      || beresp.http.Cache-Control !~ "(?i)public"
      || beresp.http.Cache-Control ~ "(?i)(no-store|no-cache|private)") {
    # For a second, whoever asks goes to the origin at once: in a queue each would wait for the one before. The first
    # answer that may be kept ends that.
    set beresp.uncacheable = true;
    set beresp.ttl = 1s;
    return (deliver);
  }
  if (bereq.http.X-Page == "sealed") {
    # What has expired is asked for by its ETag.
    set beresp.keep = 1h;
  }
  if (beresp.http.Content-Type ~ "json") {
    set beresp.do_gzip = true;
  }
  return (deliver);
}

sub vcl_backend_error {
  set beresp.http.Cache-Control = "no-store";
  set beresp.http.Retry-After = "1";
}

sub vcl_deliver {
  if (req.http.X-Page) {
    # Browsers count their own minute, from when they got it.
    unset resp.http.Age;
    unset resp.http.Surrogate-Key;
    if (obj.hits > 0) {
      set resp.http.X-Cache = "HIT";
    } else {
      set resp.http.X-Cache = "MISS";
    }
  }
  unset resp.http.X-Varnish;
  unset resp.http.Via;
}
