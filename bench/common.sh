# A provider (nginx), Keyswitch as it is shipped with a user, and the load (wrk). Read by the script beside it; not to be run.
work=$(mktemp -d) && chmod 755 "$work"
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done; wait 2> /dev/null; rm -rf "$work"' EXIT

export PATH=$PATH:/usr/sbin
. "$home/bin/packages.sh"
require_commands nginx wrk curl

provider=18080 keyswitch=18082
cat > "$work/whole.json" << 'END'
{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello there, what can I do for you today?"},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":10,"total_tokens":21}}
END

# A provider that answers from memory.
cat > "$work/nginx.conf" << END
worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log; daemon off;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/body; proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server {
    listen 127.0.0.1:$provider;
    location /v1/models { default_type application/json; return 200 '{"object":"list","data":[{"id":"m-1"},{"id":"m-2"}]}'; }
    location = /whole.json { default_type application/json; root $work; }
    location /v1/chat/completions { default_type application/json; error_page 418 =200 /whole.json; return 418; }
  }
}
END
nginx -c "$work/nginx.conf" -p "$work" & pids+=($!)

cat > "$work/keyswitch.yaml" << END
server: {port: $keyswitch}
database: {url: "jdbc:sqlite:$work/bench.db"}
auth: {firebase: {projectId: bench, emulatorTokens: true}}
limits: {requestsPerMinute: 100000000, requestsPerMinutePerAddress: 100000000, concurrentCompletions: 1000}
providers:
  whole: {baseUrl: "http://127.0.0.1:$provider/v1", defaultModel: m-1, check: {get: /models}}
END
LLM_SETTINGS_ENCRYPTION_KEY=$("$home/keyswitch" keygen)
export LLM_SETTINGS_ENCRYPTION_KEY

# Starts Keyswitch as it is shipped, with further options for its JVM, and waits for its first answer.
start_keyswitch() {
  KEYSWITCH_JAVA_OPTS=$1 "$home/keyswitch" serve --config "$work/keyswitch.yaml" > "$work/keyswitch.log" 2>&1 &
  keyswitch_pid=$!
  pids+=("$keyswitch_pid")
  until curl -sf "http://127.0.0.1:$keyswitch/healthz" > /dev/null; do
    if ! kill -0 "$keyswitch_pid" 2> /dev/null; then cat "$work/keyswitch.log" >&2; exit 1; fi
    sleep 0.005
  done
}

stop_keyswitch() {
  kill "$keyswitch_pid"
  wait "$keyswitch_pid" 2> /dev/null || true
}

start_keyswitch ""

b64() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
# What the Firebase emulator would issue: unsigned, believed because the settings above say so.
id_token() {
  local now; now=$(date +%s)
  printf '%s.%s.' "$(printf '{"alg":"none","typ":"JWT"}' | b64)" \
    "$(printf '{"iss":"https://securetoken.google.com/bench","aud":"bench","sub":"%s","iat":%d,"auth_time":%d,"exp":%d}' "$1" "$now" "$now" $((now + 3600)) | b64)"
}
call() {
  curl -s --fail-with-body "http://127.0.0.1:$keyswitch/$2" -H 'Content-Type: application/json' -H "Authorization: Bearer $(id_token "$1")" -d "{\"data\": $3}"
}
declare -A token
for kind in whole; do
  call "$kind" updateUserModelConfig "{\"provider\":\"$kind\",\"modelId\":\"m-1\",\"apiKey\":\"a-key-for-the-benchmark\"}" > "$work/saved" || { cat "$work/saved" "$work/keyswitch.log" >&2; exit 1; }
  token[$kind]=$(call "$kind" createPersonalToken '{"name":"bench"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
done

# User and system time of a process and its children so far, in clock ticks.
ticks() {
  local pid sum=0
  for pid in "$1" $(cat /proc/"$1"/task/*/children 2> /dev/null); do
    sum=$((sum + $(sed 's/.*) //' /proc/"$pid"/stat | awk '{print $12 + $13}')))
  done
  echo "$sum"
}

# measure NAME PORT PATH STREAM TOKEN PID CONNECTIONS SECONDS
measure() {
  local connections=$7 seconds=$8
  cat > "$work/post.lua" << END
wrk.method = "POST"
wrk.body = '{"model":"m-1","stream":$4,"temperature":0.7,"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"What can you do for me today?"}]}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer $5"
END
  local before after out requests
  before=$(ticks "$6")
  out=$(wrk -t1 -c"$connections" -d"${seconds}s" --latency -s "$work/post.lua" "http://127.0.0.1:$2$3")
  after=$(ticks "$6")
  requests=$(sed -n 's/ *\([0-9]*\) requests in.*/\1/p' <<< "$out")
  if grep -q 'Non-2xx' <<< "$out"; then echo "bench: $1 answered with errors" >&2; echo "$out" >&2; exit 1; fi
  printf '%-28s %9.0f /s   p50 %9s  p99 %9s   %6.1f µs CPU a request\n' "$1" \
    "$(sed -n 's/Requests\/sec: *//p' <<< "$out")" \
    "$(awk '/50%/ {print $2}' <<< "$out")" "$(awk '/99%/ {print $2}' <<< "$out")" \
    "$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v n="$requests" 'BEGIN {print t * 1e6 / hz / n}')"
}
