#!/usr/bin/env bash
# A Slurm cluster on this machine alone, to test job arrays on: munge, slurmctld and several slurmd,
# from Debian's packages, on loopback, without systemd, cgroups or accounting. Everything it makes
# lies in one folder; it stops only what it started.
#
#   scripts/slurm/cluster.sh start FOLDER [NODES]   start it (3 nodes), or find it running; installs
#                                                   the packages if they are missing (as root)
#   scripts/slurm/cluster.sh check FOLDER           run a trivial job array and see that it ran
#   scripts/slurm/cluster.sh stop FOLDER            stop it and remove the folder
#
# For its clients: export SLURM_CONF=FOLDER/slurm.conf
set -euo pipefail

MARK=nsiscan-slurm-cluster

fail() {
  echo "cluster.sh: $1" >&2
  exit 3
}

usage() {
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
}

install_packages() {
  local missing=() package
  for package in slurmctld slurmd slurm-client munge; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" = 0 ] || fail "these packages are missing: ${missing[*]}. Install them as root."
  apt-get -qq update
  # The daemons of the system stay off: these tests start their own.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y \
    "${missing[@]}" >/dev/null
}

# Is the process of this id file alive, and is it the daemon that was started?
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && cat "/proc/$pid/cmdline" 2>/dev/null | tr '\0' ' ' | grep -qF "$folder"
}

# launch NAME COMMAND…: in the foreground of a session of its own, its id in NAME.pid. The folder is
# part of every command line, by which stop knows its own.
launch() {
  local name=$1
  shift
  setsid --fork bash -c 'echo $$ >"$0"; exec "$@"' "$folder/$name.pid" "$@" \
    >"$folder/log/$name.out" 2>&1 </dev/null
  for _ in $(seq 50); do
    [ -s "$folder/$name.pid" ] && return
    sleep 0.1
  done
  fail "$name did not start: see $folder/log"
}

# Ports that nobody listens on, one a line.
free_ports() {
  local count=$1 port=${NSISCAN_SLURM_PORT:-27817} last
  last=$((port + 1000))
  while [ "$count" -gt 0 ] && [ "$port" -lt "$last" ]; do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      count=$((count - 1))
    fi
    port=$((port + 1))
  done
}

configure() {
  local nodes=$1 ports user
  user=$(id -un)
  mapfile -t ports < <(free_ports $((nodes + 1)))
  cat >"$folder/slurm.conf" <<CONF
ClusterName=nsiscan
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmUser=$user
SlurmdUser=$user
# Loopback only.
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
# A requeued job waits until its credential has expired: two minutes by default.
AuthInfo=socket=$folder/munge.socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld-own.pid
SlurmdPidFile=$folder/%n-own.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/%n.log
# No cgroups, no accounting, no MPI: what jobs of one process need.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,sched_min_interval=100000
# A cancelled job has five seconds from SIGTERM to SIGKILL.
KillWait=5
MinJobAge=600
ReturnToService=2
GresTypes=gpu
CONF
  : >"$folder/gres.conf"
  local i
  for i in $(seq "$nodes"); do
    # The processors are claimed, not counted, so that nodes can share a small machine. So are GPUs.
    echo "NodeName=node$i NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=${ports[$i]} CPUs=4 RealMemory=1000 Gres=gpu:1" >>"$folder/slurm.conf"
    echo "NodeName=node$i Name=gpu File=/dev/null" >>"$folder/gres.conf"
  done
  echo "SlurmdParameters=config_overrides" >>"$folder/slurm.conf"
  echo "PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO" >>"$folder/slurm.conf"
}

start() {
  local nodes=${1:-3} node i
  case $nodes in '' | *[!0-9]* | 0) usage ;; esac
  install_packages
  mkdir -p "$folder"
  [ -e "$folder/$MARK" ] || [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty and no cluster of this script's."
  folder=$(cd "$folder" && pwd -P)
  if [ -e "$folder/$MARK" ] && alive "$folder/slurmctld.pid"; then
    echo "The cluster runs already: export SLURM_CONF=$folder/slurm.conf"
    return
  fi
  [ ! -e "$folder/$MARK" ] || stop_daemons
  : >"$folder/$MARK"
  # munge refuses to work in folders that others may write to.
  chmod 755 "$folder"
  mkdir -p "$folder"/{log,state,spool}
  configure "$nodes"
  export SLURM_CONF=$folder/slurm.conf

  [ -s "$folder/munge.key" ] || (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
  launch munged /usr/sbin/munged --foreground --key-file="$folder/munge.key" \
    --socket="$folder/munge.socket" --pid-file="$folder/munged-own.pid" \
    --log-file="$folder/log/munged.log" --seed-file="$folder/munged.seed"
  wait_for "munge" munge --socket="$folder/munge.socket" -n
  launch slurmctld /usr/sbin/slurmctld -D -f "$folder/slurm.conf"
  for i in $(seq "$nodes"); do
    node=node$i
    mkdir -p "$folder/spool/$node"
    launch "$node" /usr/sbin/slurmd -D -N "$node" -f "$folder/slurm.conf"
  done
  wait_for "slurmctld" scontrol ping
  wait_for "the nodes" all_idle "$nodes"
  echo "$nodes nodes are idle: export SLURM_CONF=$folder/slurm.conf"
}

all_idle() { [ "$(sinfo -h -N -t idle -o %N | sort -u | wc -l)" -eq "$1" ]; }

wait_for() {
  local what=$1 log
  shift
  for _ in $(seq 120); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.25
  done
  for log in "$folder"/log/*; do tail -n 5 "$log" >&2; done
  stop_daemons
  fail "$what did not come up; its log is above."
}

stop_daemons() {
  local file pid name
  if alive "$folder/slurmctld.pid"; then
    # Jobs would outlive their slurmd.
    SLURM_CONF=$folder/slurm.conf timeout 20 bash -c '
      scancel --full --signal=KILL --user="$(id -un)" || true
      scancel --user="$(id -un)" || true
      for _ in $(seq 40); do [ -z "$(squeue -h)" ] && break; sleep 0.25; done' 2>/dev/null || true
  fi
  for name in slurmctld $(cd "$folder" && ls | sed -n 's/^\(node[0-9]*\)\.pid$/\1/p') munged; do
    file=$folder/$name.pid
    if alive "$file"; then
      pid=$(cat "$file")
      kill "$pid" 2>/dev/null || true
      for _ in $(seq 40); do
        alive "$file" || break
        sleep 0.25
      done
      ! alive "$file" || kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$file"
  done
}

stop() {
  [ -e "$folder" ] || return 0
  folder=$(cd "$folder" && pwd -P)
  [ -e "$folder/$MARK" ] || fail "$folder holds no cluster of this script's."
  stop_daemons
  rm -rf "$folder"
}

check() {
  folder=$(cd "$folder" && pwd -P)
  export SLURM_CONF=$folder/slurm.conf
  local out=$folder/check
  rm -rf "$out"
  mkdir "$out"
  timeout 60 sbatch --wait --quiet --array=0-5 --output="$out/%a.log" \
    --wrap 'echo "task $SLURM_ARRAY_TASK_ID on $SLURMD_NODENAME"; sleep 1' || fail "the job array failed: see $out"
  [ "$(cat "$out"/*.log | sort -u | wc -l)" -eq 6 ] || fail "tasks are missing: see $out"
  echo "6 tasks ran on $(sed 's/.* on //' "$out"/*.log | sort -u | wc -l) nodes."
}

[ $# -ge 2 ] || usage
folder=$2
case $1 in
start) start "${3:-3}" ;;
stop) stop ;;
check) check ;;
*) usage ;;
esac
