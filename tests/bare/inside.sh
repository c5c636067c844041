#!/bin/sh
# What debian.sh runs inside the bare system: each command is said before it runs, with the seconds it took.
set -u
who=$1
code=/srv/hebi_charity
user=clerk

say() { printf '\n$ %s\n' "$*"; }
took() { printf '(%s s)\n' "$(($(date +%s) - began))"; }
as_caller() {
    if [ "$who" = root ]; then (cd "$code" && HOME=~root sh -c "$1"); else
        runuser -u "$user" -- sh -c "cd $code && HOME=/home/$user && export HOME && $1"
    fi
}
starter() {
    for folder in /proc/[0-9]*; do
        case $( (tr '\0' ' ' <"$folder/cmdline") 2>/dev/null) in */__main__.py\ serve\ *) basename "$folder" ;; esac
    done | head -1
}

say 'cat /etc/debian_version; for word in python3 pip node npm chromium; do command -v $word || echo "no $word"; done'
cat /etc/debian_version
for word in python3 pip node npm chromium; do command -v $word || echo "no $word"; done
say 'ls /usr/share/fonts; ls /usr/lib/*/libpango*'
ls /usr/share/fonts 2>&1
ls /usr/lib/*/libpango* 2>&1

if [ "$who" != root ]; then
    packages='python3-venv ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0'
    say "apt-get install --no-install-recommends $packages    # as root, before"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1
    echo "exit code $?"
    id "$user" >/dev/null 2>&1 || useradd --create-home "$user"
    chown -R "$user" "$code"
fi

say 'id -un'
as_caller 'id -un'

say 'bin/run'
began=$(date +%s)
as_caller 'exec bin/run' >/srv/run.log 2>&1 &
run=$!
until grep -q 'http://127' /srv/run.log || ! kill -0 $run 2>/dev/null; do sleep 1; done
sleep 1
cat /srv/run.log
took
grep -q 'http://127' /srv/run.log || exit 1
say 'python3: GET /accounts/login/'
address=$(grep -o 'http://127[^ ]*' /srv/run.log | head -1)
python3 - "$address" <<'P'
import re, sys, urllib.request
answer = urllib.request.urlopen(sys.argv[1] + "accounts/login/")
print(answer.status, re.search("<title>(.*?)</title>", answer.read().decode(), re.S)[1].strip())
P
say 'ps -eo user,args    # what runs, as whom'
for folder in /proc/[0-9]*; do
    owner=$(stat -c %U "$folder" 2>/dev/null) || continue
    line=$(tr '\0' ' ' <"$folder/cmdline" 2>/dev/null | cut -c1-110)
    case $line in *hebi_charity* | *postgres* | *valkey*) printf '%-9s %s\n' "$owner" "$line" ;; esac
done | sort | uniq -c
say 'kill -INT    # Ctrl-C'
began=$(date +%s)
starter=$(starter)
kill -INT "$starter"
wait $run
echo "exit code $?"
tail -2 /srv/run.log
took
say 'bin/run    # the second start'
began=$(date +%s)
as_caller 'exec bin/run' >/srv/run2.log 2>&1 &
run=$!
until grep -q 'http://127' /srv/run2.log || ! kill -0 $run 2>/dev/null; do sleep 0.2; done
sleep 0.2
cat /srv/run2.log
took
starter=$(starter)
kill -INT "$starter"
wait $run

say 'bin/test'
began=$(date +%s)
as_caller 'exec bin/test' >/srv/test.log 2>&1
code=$?
tail -25 /srv/test.log
echo "exit code $code"
took
exit $code
