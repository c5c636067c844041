#!/bin/sh
# The two commands on a bare Debian 12, as root or as an ordinary user. A developer's tool: root, debootstrap, git.
#
#   tests/bare/debian.sh root|person FOLDER [MIRROR]
#
# FOLDER gets a minimal system (kept, made again when it is not there) and this commit of the code. Everything runs in
# namespaces of its own, so that no process and no mount outlives this script; the network is the machine's.
# OVERLAY names a folder copied over the system, and SETTINGS lists name=value words for its environment: what a machine
# behind a proxy needs to reach the package indexes. Elsewhere both stay empty.
set -eu
who=$1 folder=$2 mirror=${3:-http://deb.debian.org/debian}
checkout=$(cd "$(dirname "$0")/../.." && pwd -P)

if [ "${INSIDE:-}" != yes ]; then
    if [ ! -e "$folder/made" ]; then
        debootstrap --variant=minbase bookworm "$folder" "$mirror" >"$folder.log" 2>&1
        touch "$folder/made"
    fi
    [ -z "${OVERLAY:-}" ] || cp -a "$OVERLAY/." "$folder/"
    rm -rf "$folder/srv/hebi_charity"
    mkdir -p "$folder/srv/hebi_charity"
    git -C "$checkout" archive HEAD | tar -x -C "$folder/srv/hebi_charity"
    cp "$checkout/tests/bare/inside.sh" "$folder/srv/"
    INSIDE=yes exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi

mount --make-rprivate /
mount -t proc proc "$folder/proc"
mount -t tmpfs -o mode=755 tmpfs "$folder/dev"
mkdir -m 1777 "$folder/dev/shm"
for device in null zero full random urandom tty; do
    touch "$folder/dev/$device"
    mount --bind "/dev/$device" "$folder/dev/$device"
done
ln -s /proc/self/fd "$folder/dev/fd"
ln -s pts/ptmx "$folder/dev/ptmx"
mkdir "$folder/dev/pts"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$folder/dev/pts"
# shellcheck disable=SC2086 # one word for each variable
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${SETTINGS:-} chroot "$folder" /bin/sh /srv/inside.sh "$who"
