# Starts the command line's JVM. POSIX sh, sourced by `lanewise` in a clone and by `bin/lanewise` in the zip.
#
#   LANEWISE_JAVA_OPTS   more options for the JVM, split at spaces: LANEWISE_JAVA_OPTS="-Xmx8g" lanewise train ...
#   LANEWISE_ARCHIVE     no: start without the archive of classes, and make none

# In the locale "C" the JVM knows ASCII only, and finds no file whose name holds anything else. Where there is no C.UTF-8, this
# changes nothing.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac

# What the JVM always gets. An archive of classes fits only a JVM with these options.
lanewise_options="--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED"

# All options that come from outside.
lanewise_outside=" ${LANEWISE_JAVA_OPTS-} ${JDK_JAVA_OPTIONS-} ${JAVA_TOOL_OPTIONS-} "

# The data is off the heap, so the smallest collector is the fastest: a third off a short training. The JVM takes one alone.
lanewise_collector=-XX:+UseSerialGC
case $lanewise_outside in
  *" -XX:+Use"*GC" "*) lanewise_collector= ;;
esac

# Writes an archive of the classes that commands load: lanewise_archive JAVA JAR ARCHIVE. The JVM reads them from it faster than
# from jars. Succeeds where there is one.
lanewise_archive() {
  (
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
    # shellcheck disable=SC2086 # the options are a list of words
    exec "$1" -XX:+UseSerialGC $lanewise_options "-XX:ArchiveClassesAtExit=$3.part" -Ddev.lanewise.cli.rehearsal=true -jar "$2"
  ) </dev/null >/dev/null 2>&1 &
  lanewise_rehearsal=$!
  trap 'kill "$lanewise_rehearsal" 2>/dev/null || :; wait "$lanewise_rehearsal" || :; rm -f "$3.part"; exit 143' INT TERM HUP
  if wait "$lanewise_rehearsal" && [ -s "$3.part" ]; then
    mv -f "$3.part" "$3"
  else
    rm -f "$3.part" "$3"
    return 1
  fi
}

# While it boots, the JVM writes this line to stderr, and has no option against it. So it boots with a filter on descriptor 2, and
# Main (LauncherStderr) goes back to the true stderr, descriptor 9, at once: terminals stay terminals, and exec keeps the process
# id, the signals and the exit code. Where no pipe can be made, the line is shown.
lanewise_drop_incubator_warning() {
  while IFS= read -r line || [ -n "$line" ]; do
    [ "$line" = "WARNING: Using incubator modules: jdk.incubator.vector" ] || printf '%s\n' "$line"
    line=
  done
}

# Becomes the JVM: lanewise_start JAVA JAR ARCHIVE [argument ..]. ARCHIVE is what lanewise_archive wrote, or need not be there.
lanewise_start() {
  java=$1
  jar=$2
  archive=$3
  shift 3

  # For the progress bar: Java can't tell whether stderr is a terminal, nor how wide that is.
  terminal=false
  columns=80
  if [ -t 2 ]; then
    terminal=true
    size=$(stty size <&2 2>/dev/null) || size=
    case ${size#* } in
      '' | 0 | *[!0-9]*) ;;
      *) columns=${size#* } ;;
    esac
  fi

  stderr_property=
  if pipes=$(mktemp -d 2>/dev/null); then
    if mkfifo "$pipes/stderr" 2>/dev/null; then
      exec 9>&2
      # Twice into the background, so that the filter is no child of Java's; deaf to Ctrl-C, so that it outlives what it reads.
      (trap '' HUP INT TERM; lanewise_drop_incubator_warning <"$pipes/stderr" >&9 2>/dev/null 9>&- &) </dev/null >/dev/null
      exec 2>"$pipes/stderr"
      stderr_property=-Ddev.lanewise.cli.stderr=9
    fi
    rm -rf "$pipes"
  fi

  # An archive that does not fit is left aside by the JVM: another JDK, another jar, other options. It need not speak of that.
  # Options that choose an archive themselves stand alone: some end the JVM where there are two.
  quiet="-Xlog:cds=off -Xlog:aot=off -Xlog:cds+dynamic=off"
  case "$lanewise_outside${LANEWISE_ARCHIVE-}" in
    *AOT* | *[Ss]hare* | *Archive* | *" no") archive= ;;
  esac
  [ -s "$archive" ] || archive=
  [ -n "$archive" ] || quiet=

  # shellcheck disable=SC2086 # options and properties are lists of words
  exec "$java" $lanewise_collector $lanewise_options $quiet ${archive:+"-XX:SharedArchiveFile=$archive"} \
    $stderr_property "-Ddev.lanewise.cli.terminal=$terminal" "-Ddev.lanewise.cli.columns=$columns" ${LANEWISE_JAVA_OPTS-} \
    -jar "$jar" "$@"
}
